using EyeSlots.Core;
using EyeSlots.Training.Comparison;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Search;

/// <summary>Which rate won: by the mean CCC on validation, of both outputs and over the seeds, and of equals by the one named first.</summary>
/// <param name="runs">All runs.</param>
/// <param name="diverged">Those whose loss came to be no number.</param>
/// <param name="judged">The others on validation, in their order.</param>
internal sealed class SearchJudge(IReadOnlyList<SearchedRun> runs, IReadOnlySet<SearchedRun> diverged, JudgedRuns judged)
{
    private readonly SearchedRun[] sound = [.. runs.Where(run => !diverged.Contains(run))];

    /// <summary>Reports.</summary>
    /// <param name="folder">The search's.</param>
    /// <param name="data">What it was trained on.</param>
    /// <param name="options">What was searched.</param>
    /// <exception cref="EyeSlotsException">diverged: no rate can be judged.</exception>
    public SearchReport Report(string folder, RunSource data, SearchOptions options)
    {
        RateReport[] rates = [.. options.Rates.Select(Judge)];
        var best = rates.Where(rate => rate.MeanCcc is not null).MaxBy(rate => rate.MeanCcc) ??
            throw new EyeSlotsException(ErrorCodes.Diverged, $"No rate of {folder} can be judged: each has a run that diverged, or that says the same of every face. Take other --rates.");
        return new()
        {
            Dataset = data.Dataset, Generation = data.Generation, ContentSha256 = data.ContentSha256,
            Train = options.Training.Train, Validation = options.Training.Validation, Rows = judged.Faces, Images = judged.Images,
            Best = best, BestRun = RunsOf(best.LearningRate).MaxBy(run => judged.MeanCcc(run)) is var winner ? sound[winner].Name : "",
            Rates = rates,
            Ahead = [.. rates.Where(rate => rate != best && rate.MeanCcc is not null).Select(rate => Ahead(best, rate))],
            Runs = [.. runs.Select(run => Describe(folder, run))],
        };
    }

    private RateReport Judge(double rate) => runs.Any(run => run.LearningRate == rate && diverged.Contains(run))
        ? new(rate, null, null)
        : new(rate, Mean(RunsOf(rate).Select(judged.MeanCcc)), Interval.Of(Resampled(rate))?.Ends);

    private RateDifference Ahead(RateReport best, RateReport other)
    {
        var difference = Difference.Of(best.MeanCcc, other.MeanCcc, Resampled(best.LearningRate), Resampled(other.LearningRate));
        return new(other.LearningRate, difference.Value!.Value, difference.Interval?.Ends);
    }

    // Of the runs of a rate in each resample; the same number of resamples of every run.
    private IEnumerable<double?> Resampled(double rate)
    {
        double?[][] each = [.. RunsOf(rate).Select(run => judged.MeanCccs(run).ToArray())];
        return Enumerable.Range(0, each[0].Length).Select(at => Mean(each.Select(run => run[at])));
    }

    private SearchedRunReport Describe(string folder, SearchedRun run)
    {
        var epochs = MetricsLog.Read(RunFolder.MetricsOf(Path.Combine(folder, run.Name))).Count();
        var at = Array.IndexOf(sound, run);
        if (at < 0) return new(run.Name, run.LearningRate, run.Seed, true, epochs, null, null, null);
        var outputs = judged.Metrics(at).Zip(judged.Intervals(at), ComparedOutput.Of);
        return new(run.Name, run.LearningRate, run.Seed, false, epochs, judged.MeanCcc(at), outputs.Valence, outputs.Arousal);
    }

    private IEnumerable<int> RunsOf(double rate) => Enumerable.Range(0, sound.Length).Where(at => sound[at].LearningRate == rate);

    // Null where one of them is.
    private static double? Mean(IEnumerable<double?> values)
    {
        double?[] all = [.. values];
        return all.Aggregate((double?)0, (sum, value) => sum + value) / all.Length;
    }
}
