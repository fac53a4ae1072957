using System.Text;
using Spectre.Console;

namespace EyeSlots.Console;

/// <summary>
/// Where text goes: results to stdout, everything else to stderr. Colours and moving lines only on terminals; NO_COLOR is honoured.
/// </summary>
public sealed class Terminal
{
    private const int PipeWidth = 160;

#pragma warning disable RS0030 // The one place where the console is opened.
    private readonly bool errorIsTerminal = !System.Console.IsErrorRedirected, inputIsTerminal = !System.Console.IsInputRedirected;

    internal Terminal()
    {
        Out = System.Console.Out;
        Results = Open(System.Console.Out, System.Console.IsOutputRedirected);
        Messages = Open(System.Console.Error, System.Console.IsErrorRedirected);
    }
#pragma warning restore RS0030

    /// <summary>Raw lines for other programs.</summary>
    public TextWriter Out { get; }

    /// <summary>Summaries and tables, on stdout.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>Progress, notes and errors, on stderr.</summary>
    public IAnsiConsole Messages { get; }

    /// <summary>Whether lines may move.</summary>
    public bool IsInteractive => errorIsTerminal && Messages.Profile.Capabilities.Interactive;

    /// <summary>Whether somebody is there who can be asked.</summary>
    internal bool CanAsk => IsInteractive && inputIsTerminal;

    /// <summary>Asks a question that is answered with y or n; Return is a no.</summary>
    public bool Confirm(string question) => Messages.Confirm(Safe(question), defaultValue: false);

    /// <summary>Text from a list or a file name, harmless on a screen: no markup, no control characters.</summary>
    public static string Safe(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var c in text) shown.Append(char.IsControl(c) ? '\uFFFD' : c);
        return Markup.Escape(shown.ToString());
    }

    /// <summary>A table without borders whose first column holds names.</summary>
    public static Table Facts(string title)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").NoWrap()).AddColumn("");
        table.AddRow($"[bold]{Safe(title)}[/]");
        return table;
    }

    private static IAnsiConsole Open(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect });
        if (redirected) console.Profile.Width = PipeWidth;
        return console;
    }
}
