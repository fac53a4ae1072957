using System.Text.Json.Serialization;
using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Evaluation;

/// <summary>What <c>evaluate</c> finds: no clock and no machine, so the same evaluation gives the same bytes.</summary>
public sealed record EvaluationReport
{
    /// <summary>The folders of the runs, as they were named.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its generation.</summary>
    public required int Generation { get; init; }

    /// <summary>SHA-256 of the generation's content.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>The lists.</summary>
    public required IReadOnlyList<string> Lists { get; init; }

    /// <summary>Labelled faces that decode: those that are judged.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that lack a label, and are left out.</summary>
    public required long Unlabelled { get; init; }

    /// <summary>Labelled faces that do not decode, and are left out.</summary>
    public required int Broken { get; init; }

    /// <summary>Images that the rows are of.</summary>
    public required int Images { get; init; }

    /// <summary>How many of them one of the models was trained on, by their paths.</summary>
    public required int TrainedImages { get; init; }

    /// <summary>In what the dataset's slots were cut otherwise than those that a model was trained on; a line for each parameter.</summary>
    public required IReadOnlyList<string> OtherSlots { get; init; }

    /// <summary>Of both outputs; null where one has none.</summary>
    public required double? MeanCcc { get; init; }

    /// <summary>Valence.</summary>
    public required OutputReport Valence { get; init; }

    /// <summary>Arousal.</summary>
    public required OutputReport Arousal { get; init; }

    /// <summary>By AffectNet's number of the expression, or "unknown".</summary>
    public required SortedDictionary<string, PartReport> ByExpression { get; init; }

    /// <summary>By list.</summary>
    public required SortedDictionary<string, PartReport> ByList { get; init; }

    /// <summary>By cell of the plane of true values, valence before arousal, each in five parts from -1 to 1.</summary>
    public required IReadOnlyList<PlaneCell> Grid { get; init; }
}

/// <summary>One output: the metrics, their intervals, and the floors' metrics on the same faces.</summary>
public sealed record OutputReport(
    double? Rmse, double? Corr, double? Ccc, double? Sagr, [property: JsonPropertyName("sagr_nonzero")] double? SagrNonzero, int Zeros,
    MetricIntervals Intervals, IReadOnlyDictionary<string, OutputMetrics> Floors, bool? BeatsLinear)
{
    /// <summary>Puts metrics, intervals and floors together.</summary>
    internal static OutputReport Of(in OutputMetrics metrics, in MetricIntervals intervals, IReadOnlyDictionary<string, OutputMetrics> floors)
    {
        var (low, linear) = (intervals.Ccc?.Low, floors[Metrics.Baselines.Floors.Judge].Ccc);
        bool? beats = low is null || linear is null ? null : low > linear;
        return new(metrics.Rmse, metrics.Corr, metrics.Ccc, metrics.Sagr, metrics.SagrNonzero, metrics.Zeros, intervals, floors, beats);
    }
}

/// <summary>The metrics of a part of the faces.</summary>
/// <param name="Rows">Faces of the part.</param>
/// <param name="Valence">Of valence.</param>
/// <param name="Arousal">Of arousal.</param>
public sealed record PartReport(int Rows, OutputMetrics Valence, OutputMetrics Arousal);
