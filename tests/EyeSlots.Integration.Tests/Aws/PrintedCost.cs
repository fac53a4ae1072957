using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Integration.Tests.Aws;

/// <summary>A shape as <c>cluster cost</c> prints it: its machines, and its lines by their names.</summary>
internal sealed partial record PrintedCost(string Name, string Master, int Workers, string Worker, IReadOnlyDictionary<string, string> Lines)
{
    /// <summary>All shapes of an output.</summary>
    public static IReadOnlyList<PrintedCost> ParseAll(string output) => [.. Block().Matches(output).Select(Of)];

    /// <summary>What stands behind the equals sign of a line, without its currency and unit.</summary>
    public double Result(string line) => Number(Lines[line].Split('=')[^1]);

    /// <summary>What the arithmetic of a line of dollars comes to: a product of numbers, an hour's or a month's price for seconds, a price for a thousand.</summary>
    public double Evaluate(string line)
    {
        var text = Lines[line].Split('=')[0];
        var product = text.Split('×').Select(Number).Aggregate((a, b) => a * b);
        if (text.Contains("USD/1000", StringComparison.Ordinal)) return product / 1000;
        return product / 3600 / (Month().Match(text) is { Success: true } month ? Number(month.Groups["hours"].Value) : 1);
    }

    private static PrintedCost Of(Match block)
    {
        var lines = Line().Matches(block.Groups["lines"].Value).ToDictionary(line => line.Groups["name"].Value, line => line.Groups["text"].Value);
        var workers = block.Groups["count"] is { Success: true, Value: var count } ? int.Parse(count, CultureInfo.InvariantCulture) : 0;
        return new(block.Groups["name"].Value, block.Groups["master"].Value, workers, block.Groups["worker"].Value, lines);
    }

    private static double Number(string text) => double.Parse(First().Match(text).Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>[a-z ]+): (?<master>\S+) (?:alone|and (?<count>\d+) × (?<worker>\S+))\n(?<lines>(?:  .*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^  (?<name>.*?)  +(?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex First();

    [GeneratedRegex(@"of (?<hours>\d+) h")]
    private static partial Regex Month();
}
