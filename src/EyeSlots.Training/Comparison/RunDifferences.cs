using System.Text.Json.Nodes;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Comparison;

/// <summary>In which options runs differ: those that decide weights, and the dataset and device that they were trained with.</summary>
internal static class RunDifferences
{
    private const int HashDigits = 12;

    /// <summary>Of some runs.</summary>
    /// <param name="runs">What stands in their <c>config.json</c>.</param>
    public static IEnumerable<OptionDifference> Of(IReadOnlyList<RunConfig> runs) =>
        from option in runs.SelectMany(OptionsOf).GroupBy(option => option.Option, option => option.Value, StringComparer.Ordinal)
        let values = option.ToArray()
        where values.Any(value => !JsonNode.DeepEquals(value, values[0]))
        select new OptionDifference(option.Key, values);

    // Every run has every option, so a group holds a value of each run.
    private static IEnumerable<(string Option, JsonNode? Value)> OptionsOf(RunConfig run) =>
    [
        ("--dataset", run.Data.Dataset), ("--generation", run.Data.Generation), ("content", run.Data.ContentSha256[..Math.Min(HashDigits, run.Data.ContentSha256.Length)]),
        .. RunOptions.Of(run.Settings), ("--device", run.Machine.Device),
    ];
}
