using EyeSlots.Core.Annotations;

namespace EyeSlots.Reporting.Datasets.Sections;

/// <summary>Lists and texts may be longer than a page has room for; what is left out is counted.</summary>
internal static class Clipped
{
    /// <summary>Rows of a table at most.</summary>
    public const int MostRows = 200;

    private const int MostCharacters = 200;

    /// <summary>The beginning of a text.</summary>
    public static string Text(string text) => text.Length <= MostCharacters ? text : $"{text.AsSpan(0, MostCharacters)}…";

    /// <summary>A face as tables name it.</summary>
    public static string Face(FaceKey face) => $"{Text(face.ImagePath)} #{face.FaceIndex}";

    /// <summary>Says how many rows a table has not, where it has not all.</summary>
    public static void SayRest(Pages.HtmlSection section, int all, string noun)
    {
        if (all > MostRows) section.Paragraph($"And {Quantity.Of(all - MostRows, $"{noun} more", $"{noun}s more")}.");
    }
}
