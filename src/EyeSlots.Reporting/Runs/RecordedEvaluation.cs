using System.Text.Json.Serialization;

namespace EyeSlots.Reporting.Runs;

/// <summary>A file of <c>evaluations/</c>: what was judged, and the numbers.</summary>
internal sealed record RecordedEvaluation(
    string Dataset, int Generation, string ContentSha256, IReadOnlyList<string> Lists, int Rows, long Unlabelled, int Broken, int Images, int TrainedImages,
    IReadOnlyList<string> OtherSlots, RecordedOutput Valence, RecordedOutput Arousal, SortedDictionary<string, RecordedPart> ByExpression,
    SortedDictionary<string, RecordedPart> ByList, IReadOnlyList<RecordedCell> Grid)
{
    private const int MostParts = 1000;

    /// <summary>What was judged: evaluations of the same can be put beside each other.</summary>
    public string Subject => FormattableString.Invariant($"{string.Join(" + ", Lists)} of {Dataset}, generation {Generation}");

    /// <summary>Why the file cannot be what evaluate writes; null where it can.</summary>
    public string? Fault()
    {
        if (Lists.Concat(OtherSlots).Any(text => text is null)) return "a text is null";
        if (Lists.Count == 0) return "it names no list";
        if (Rows < 0 || Images < 0 || Broken < 0 || Unlabelled < 0 || TrainedImages < 0 || Grid.Any(cell => cell.Rows < 0)) return "a number of faces is below 0";
        return ByExpression.Count > MostParts || ByList.Count > MostParts || Grid.Count > MostParts ? $"it has more than {MostParts} parts" : null;
    }
}

/// <summary>One output: its metrics, their intervals, and the floors' metrics on the same faces.</summary>
internal sealed record RecordedOutput(
    double? Rmse, double? Corr, double? Ccc, double? Sagr, [property: JsonPropertyName("sagr_nonzero")] double? SagrNonzero, int Zeros,
    RecordedIntervals Intervals, SortedDictionary<string, RecordedMetrics> Floors)
{
    /// <summary>The floor that a model must beat.</summary>
    public const string Judge = "linear";

    /// <summary>The metrics alone.</summary>
    [JsonIgnore]
    public RecordedMetrics Metrics => new(Rmse, Corr, Ccc, Sagr, SagrNonzero, Zeros);

    /// <summary>The CCC of the floor that a model must beat.</summary>
    [JsonIgnore]
    public double? LinearCcc => Floors.TryGetValue(Judge, out var floor) ? floor.Ccc : null;

    /// <summary>Whether the CCC's interval lies above that floor; null where there is no interval, or no such floor.</summary>
    [JsonIgnore]
    public bool? BeatsLinear => Intervals.Ccc is { } interval && LinearCcc is { } linear ? interval.Low > linear : null;
}
