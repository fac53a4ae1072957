namespace EyeSlots.Reporting.Pages;

/// <summary>The styles of every page, which travel in the program.</summary>
internal static class Styles
{
    private const string Name = "page.css";

    /// <summary>The file.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(Styles).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"{Name} is not in the program.");
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
