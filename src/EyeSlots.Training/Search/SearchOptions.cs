using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Search;

/// <summary>Which runs a search trains, and on what.</summary>
public sealed record SearchOptions
{
    private const int MostRuns = 100;

    /// <summary>What all runs have in common; its folder is the search's.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Learning rates, each tried with every seed; the published ones where none are named.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [1e-3, 1e-4, 1e-5];

    /// <summary>Seeds; a rate is judged by the mean over its runs.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>What computes: as many runs at a time as are named here; one that is named twice trains two.</summary>
    public required IReadOnlyList<TrainingDevice> Devices { get; init; }

    /// <summary>Checks every value; returns this, with the model's defaults in it.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public SearchOptions Validated()
    {
        RequireEachOnce("--rates", Rates);
        RequireEachOnce("--seeds", Seeds);
        foreach (var rate in Rates) Require.That(rate > 0 && double.IsFinite(rate), FormattableString.Invariant($"--rates must be above 0 and finite, not {rate}."));
        Require.That(Devices.Count > 0, "--devices names none.");
        Require.Between("--rates times --seeds", Rates.Count * Seeds.Count, 2, MostRuns);
        return this with { Training = Training.Validated() };
    }

    /// <summary>The runs: each rate with each seed, in a folder of its own below the search's.</summary>
    internal IReadOnlyList<SearchedRun> Runs() => [.. from rate in Rates from seed in Seeds select new SearchedRun(rate, seed)];

    private static void RequireEachOnce<T>(string option, IReadOnlyList<T> values)
    {
        Require.That(values.Count > 0, $"{option} names none.");
        Require.That(values.Distinct().Count() == values.Count, $"{option} names one twice.");
    }
}

/// <summary>One run of a search.</summary>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Seed">Its seed.</param>
internal readonly record struct SearchedRun(double LearningRate, long Seed)
{
    /// <summary>The folder below the search's.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"rate-{LearningRate:R}-seed-{Seed}").ToLowerInvariant();

    /// <summary>Its options. Whatever is there of it goes on.</summary>
    /// <param name="common">What all runs of the search have in common.</param>
    /// <param name="generation">The search's.</param>
    /// <param name="device">What computes.</param>
    public TrainingOptions OptionsOf(TrainingOptions common, int generation, TrainingDevice device) => common with
    {
        Run = Path.Combine(common.Run, Name), Generation = generation, Device = device, Resume = true,
        Optimization = common.Optimization with { LearningRate = LearningRate }, Loader = common.Loader with { Seed = Seed },
    };
}
