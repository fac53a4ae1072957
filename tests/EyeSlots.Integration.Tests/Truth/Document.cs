using System.Text.RegularExpressions;

namespace EyeSlots.Integration.Tests.Truth;

/// <summary>What a Markdown file of the repository says: its snippets, its tables, its command lines.</summary>
internal sealed partial class Document(string name)
{
    public static readonly Document Readme = new("README.md"), Contributing = new("CONTRIBUTING.md");

    /// <summary>The whole of it.</summary>
    public string Text { get; } = File.ReadAllText(InRepository(name));

    /// <summary>A file of the repository.</summary>
    public static string InRepository(params string[] parts) => Path.Combine([SharedFolder.Repository, .. parts]);

    /// <summary>The fenced snippets of a language, in order.</summary>
    public IReadOnlyList<string> Snippets(string language) =>
        [.. Fenced().Matches(Text).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value)];

    /// <summary>The only snippet of a language that holds some words.</summary>
    public string Snippet(string language, string words) => Snippets(language).Single(snippet => snippet.Contains(words, StringComparison.Ordinal));

    /// <summary>The first column of the table below a heading of columns, without its quotes.</summary>
    public IReadOnlyList<string> FirstColumn(string heading) => [.. Rows(heading).Select(row => row[0].Trim('`'))];

    /// <summary>The cells of the table below a heading of columns.</summary>
    public IReadOnlyList<string[]> Rows(string heading)
    {
        var lines = Text.Split('\n').SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2);
        return [.. lines.TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray())];
    }

    /// <summary>The command lines of the program, in blocks and within sentences, as a shell takes them.</summary>
    public IReadOnlyList<string> CommandLines()
    {
        var whole = Text.Replace("\\\n", " ", StringComparison.Ordinal);
        var blocks = Indented().Matches(whole).Select(line => Comment().Replace(line.Groups["line"].Value, ""));
        var inline = Quoted().Matches(whole).Select(quote => quote.Groups["line"].Value.Replace('\n', ' '));
        return [.. blocks.Concat(inline).Where(line => Program().IsMatch(line)).Select(line => line.Trim())];
    }

    /// <summary>What stands in quotes within sentences, and the command lines of blocks.</summary>
    public IEnumerable<string> Code() => Quoted().Matches(Text).Select(quote => quote.Groups["line"].Value).Concat(CommandLines());

    /// <summary>The arguments of a command line: no variables before it, no redirection behind it.</summary>
    public static string[] ArgumentsOf(string line) =>
        Redirection().Replace(line[(line.IndexOf("eyeslots ", StringComparison.Ordinal) + "eyeslots ".Length)..], "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^    (?<line>\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Indented();

    [GeneratedRegex(@"(?<!`)`(?<line>[^`]+)`(?!`)")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?:[A-Z_]+=\S+ )*\./eyeslots ")]
    private static partial Regex Program();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s[>|].*$")]
    private static partial Regex Redirection();
}
