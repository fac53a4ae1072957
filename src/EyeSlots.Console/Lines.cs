using Spectre.Console;

namespace EyeSlots.Console;

/// <summary>Lines that are not wrapped: a path must stay whole for copying, and a log line is one line.</summary>
public static class Lines
{
    /// <summary>Writes markup as one line, however long.</summary>
    public static void Write(IAnsiConsole console, string markup)
    {
        var width = console.Profile.Width;
        console.Profile.Width = int.MaxValue / 2;
        console.MarkupLine(markup);
        console.Profile.Width = width;
    }
}
