using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Comparison;

/// <summary>What <c>compare</c> finds: no clock and no machine, so the same comparison gives the same bytes.</summary>
public sealed record ComparisonReport
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its generation.</summary>
    public required int Generation { get; init; }

    /// <summary>SHA-256 of the generation's content.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>The lists.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>Labelled faces that decode: those that all runs are judged on.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that lack a label, and are left out.</summary>
    public required long Unlabelled { get; init; }

    /// <summary>Labelled faces that do not decode, and are left out.</summary>
    public required int Broken { get; init; }

    /// <summary>Images that the rows are of.</summary>
    public required int Images { get; init; }

    /// <summary>The runs, in the order in which they were named.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>Options that are not the same in all runs.</summary>
    public required IReadOnlyList<OptionDifference> Differences { get; init; }

    /// <summary>Each run beside each later one, for valence and for arousal.</summary>
    public required IReadOnlyList<ComparedPair> Pairs { get; init; }
}

/// <summary>A run on the faces of the comparison.</summary>
/// <param name="Folder">The run's folder, as it was named.</param>
/// <param name="TrainedImages">How many of the images it was trained on, by their paths.</param>
/// <param name="OtherSlots">In what the dataset's slots were cut otherwise than those that it was trained on; a line for each parameter.</param>
/// <param name="MeanCcc">Of both outputs; null where one has none.</param>
/// <param name="Valence">Valence.</param>
/// <param name="Arousal">Arousal.</param>
public sealed record ComparedRun(
    string Folder, int TrainedImages, IReadOnlyList<string> OtherSlots, double? MeanCcc, ComparedOutput Valence, ComparedOutput Arousal);

/// <summary>The metrics of one output, and their intervals.</summary>
public sealed record ComparedOutput(
    double? Rmse, double? Corr, double? Ccc, double? Sagr, [property: JsonPropertyName("sagr_nonzero")] double? SagrNonzero, MetricIntervals Intervals)
{
    internal static ComparedOutput Of(OutputMetrics metrics, MetricIntervals intervals) =>
        new(metrics.Rmse, metrics.Corr, metrics.Ccc, metrics.Sagr, metrics.SagrNonzero, intervals);
}

/// <summary>An option that is not the same in all runs.</summary>
/// <param name="Option">Its name on the command line.</param>
/// <param name="Values">Of each run, as in its <c>config.json</c>; null where it was not set.</param>
public sealed record OptionDifference(string Option, IReadOnlyList<JsonNode?> Values)
{
    /// <summary>The values as people read them.</summary>
    public IEnumerable<string> Shown() => Values.Select(Training.Runs.RunOptions.Show);
}

/// <summary>Two runs beside each other.</summary>
/// <param name="First">Folder of the one.</param>
/// <param name="Second">Folder of the other.</param>
/// <param name="Output">valence or arousal.</param>
/// <param name="CccDifference">The first one's CCC less the second's; null where one is undefined.</param>
/// <param name="Interval">
/// Both ends of its 95 % interval, over resamples of images that both runs share: where the difference lies on all the faces that these
/// are a sample of. Another sample as small as this one shows differences that spread √2 as widely. Null under 30 images.
/// </param>
public sealed record ComparedPair(string First, string Second, string Output, double? CccDifference, IReadOnlyList<double>? Interval)
{
    internal static ComparedPair Of(string first, string second, string output, Difference difference) =>
        new(first, second, output, difference.Value, difference.Interval?.Ends);
}

/// <summary>The report as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ComparisonReport))]
public sealed partial class ComparisonJson : JsonSerializerContext;
