namespace EyeSlots.Reporting.Pages;

/// <summary>What stands on every page with pictures of faces.</summary>
internal static class Licence
{
    public const string Text = "These are pictures of people. AffectNet's licence forbids passing them on: make a page for others with --no-pictures.";
}
