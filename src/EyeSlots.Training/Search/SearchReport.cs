using System.Text.Json.Serialization;
using EyeSlots.Training.Comparison;

namespace EyeSlots.Training.Search;

/// <summary>
/// <c>search.json</c>: which learning rate won on validation, and by how much. No clock, machine or path, so a search that was stopped and
/// went on ends with the same bytes.
/// </summary>
public sealed record SearchReport
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The generation that all runs were trained on.</summary>
    public required int Generation { get; init; }

    /// <summary>SHA-256 of the generation's content.</summary>
    public required string ContentSha256 { get; init; }

    /// <summary>The lists that were trained on.</summary>
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>The lists by which epochs were chosen, and rates are.</summary>
    public required IReadOnlyList<string> Validation { get; init; }

    /// <summary>Faces of validation.</summary>
    public required int Rows { get; init; }

    /// <summary>Images that they are of.</summary>
    public required int Images { get; init; }

    /// <summary>The rate that won.</summary>
    public required RateReport Best { get; init; }

    /// <summary>Folder of its run with the highest mean CCC, below the search's.</summary>
    public required string BestRun { get; init; }

    /// <summary>All rates, in the order in which they were named.</summary>
    public required IReadOnlyList<RateReport> Rates { get; init; }

    /// <summary>By how much the winner is ahead of each other rate that can be judged.</summary>
    public required IReadOnlyList<RateDifference> Ahead { get; init; }

    /// <summary>All runs: each rate with each seed.</summary>
    public required IReadOnlyList<SearchedRunReport> Runs { get; init; }
}

/// <summary>A learning rate.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="MeanCcc">On validation, of both outputs and over the seeds; null where a run diverged or has none.</param>
/// <param name="Interval">Both ends of its 95 % interval, over resamples of images; null where there is no mean, or there are fewer than 30 images.</param>
public sealed record RateReport(double LearningRate, double? MeanCcc, IReadOnlyList<double>? Interval);

/// <summary>The winner beside another rate.</summary>
/// <param name="LearningRate">The other rate.</param>
/// <param name="MeanCccDifference">The winner's mean CCC less the other's.</param>
/// <param name="Interval">Both ends of its 95 % interval, over the same resamples of images for both; other seeds are not in it.</param>
public sealed record RateDifference(double LearningRate, double MeanCccDifference, IReadOnlyList<double>? Interval);

/// <summary>A run.</summary>
/// <param name="Folder">Below the search's.</param>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Diverged">Whether its loss came to be no number; it is not judged then.</param>
/// <param name="Epochs">How many have ended.</param>
/// <param name="MeanCcc">Of its best model on validation.</param>
/// <param name="Valence">Valence.</param>
/// <param name="Arousal">Arousal.</param>
public sealed record SearchedRunReport(
    string Folder, double LearningRate, long Seed, bool Diverged, int Epochs, double? MeanCcc, ComparedOutput? Valence, ComparedOutput? Arousal);

/// <summary>The report as JSON, on one line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchReport))]
public sealed partial class SearchReportJson : JsonSerializerContext;
