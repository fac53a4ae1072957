using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyeSlots.Reporting.Runs;

/// <summary>What a page needs of <c>config.json</c>; the rest is shown as it stands there.</summary>
internal sealed record RecordedConfig(RunSource Data, RecordedSettings Settings, RecordedMachine Machine, RecordedVersions Versions);

/// <summary>The generation that a run trained on.</summary>
/// <param name="Root">Its address when the run last began; the dataset may have moved.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Generation">Its number.</param>
/// <param name="ContentSha256">Of the manifest's content.</param>
public sealed record RunSource(string Root, string Dataset, int Generation, string ContentSha256);

/// <summary>Options of a run that a sentence is made of.</summary>
internal sealed record RecordedSettings(IReadOnlyList<string> Train, IReadOnlyList<string> Validation, int Epochs, int Threads);

/// <summary>Where a run ran.</summary>
internal sealed record RecordedMachine(string Device, string Processor, string Instructions);

/// <summary>What computed.</summary>
internal sealed record RecordedVersions(string Program, string LibTorch);

/// <summary>A line of <c>metrics.jsonl</c>.</summary>
internal sealed record RecordedEpoch(
    int Epoch, double TrainingLoss, double? ValidationLoss, RecordedMetrics Valence, RecordedMetrics Arousal, double? MeanCcc, double LearningRate,
    long Faces, double FacesPerSecond, double Waiting, double Seconds, int Broken);

/// <summary><c>leaks.json</c>.</summary>
internal sealed record RecordedLeaks(int SharedPaths, IReadOnlyList<string> FirstPaths, int? EqualCrops, IReadOnlyList<string> FirstCrops);

/// <summary>The metrics of an output; null where one is undefined.</summary>
internal readonly record struct RecordedMetrics(
    double? Rmse, double? Corr, double? Ccc, double? Sagr, [property: JsonPropertyName("sagr_nonzero")] double? SagrNonzero, int Zeros);

/// <summary>A 95 % interval.</summary>
internal readonly record struct RecordedInterval(double Low, double High);

/// <summary>The intervals of an output's metrics.</summary>
internal readonly record struct RecordedIntervals(
    RecordedInterval? Rmse, RecordedInterval? Corr, RecordedInterval? Ccc, RecordedInterval? Sagr, [property: JsonPropertyName("sagr_nonzero")] RecordedInterval? SagrNonzero);

/// <summary>The metrics of a part of the faces.</summary>
internal readonly record struct RecordedPart(int Rows, RecordedMetrics Valence, RecordedMetrics Arousal);

/// <summary>How predictions are off in a cell.</summary>
internal readonly record struct RecordedError(double Bias, double Rmse);

/// <summary>A cell of the grid over the plane of true values.</summary>
internal readonly record struct RecordedCell(double FromValence, double FromArousal, int Rows, RecordedError? Valence, RecordedError? Arousal);

/// <summary>The files, read strictly: a field that is missing, twice there or of another kind is an error with its place.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 16)]
[JsonSerializable(typeof(RecordedConfig))]
[JsonSerializable(typeof(RecordedEpoch))]
[JsonSerializable(typeof(RecordedLeaks))]
[JsonSerializable(typeof(RecordedEvaluation))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RecordedJson : JsonSerializerContext;
