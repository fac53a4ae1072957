using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Benchmarks;

/// <summary>Where the time of a run of the program went, from its process's start to its exit, as its own log of level debug tells.</summary>
/// <param name="Milliseconds">Of each of <see cref="Steps"/>; they add up to the whole.</param>
internal sealed partial record RunTimeline(IReadOnlyList<double> Milliseconds)
{
    private static readonly (string Name, string EndsWith, bool Last)[] Marks =
    [
        ("start and plan", "Planned ", false), ("waiting for the session", "The engine ", false), ("laying the plan, comparing", "Making ", false),
        ("laying slices", "Laid ", false), ("first result", "Made ", false), ("the other results", "Made ", true), ("checking", "Checked ", true),
        ("commit", "Generation ", true),
    ];

    /// <summary>What a run does, one behind the other.</summary>
    public static IReadOnlyList<string> Steps { get; } = [.. Marks.Select(mark => mark.Name), "closing"];

    /// <summary>Reads the log of a process.</summary>
    /// <param name="file">What <c>--log-file</c> named.</param>
    /// <param name="begun">When the process was started.</param>
    /// <param name="ended">When it had ended.</param>
    public static RunTimeline Read(string file, DateTimeOffset begun, DateTimeOffset ended)
    {
        var lines = File.ReadLines(file).Select(line => Line().Match(line)).Where(match => match.Success)
            .Select(match => (Time: DateTimeOffset.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), Text: match.Groups[2].Value)).ToList();
        List<double> spent = [];
        var before = begun;
        foreach (var (_, text, last) in Marks)
        {
            var found = lines.Where(line => line.Text.StartsWith(text, StringComparison.Ordinal)).Select(line => line.Time).ToList();

            // The local engine lays no slices.
            var time = found.Count == 0 ? before : last ? found[^1] : found[0];
            spent.Add((time - before).TotalMilliseconds);
            before = time;
        }

        return new([.. spent, (ended - before).TotalMilliseconds]);
    }

    /// <summary>The median of each step.</summary>
    public static RunTimeline Median(IReadOnlyCollection<RunTimeline> runs) =>
        new([.. Steps.Select((_, step) => Turns.Median([.. runs.Select(run => run.Milliseconds[step])]))]);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Steps.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{step} {Milliseconds[i]:F0}"))) + " ms";

    [GeneratedRegex(@"^(\S+ \S+ \S+) \[\w+\] (.*)$")]
    private static partial Regex Line();
}
