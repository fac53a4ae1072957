using System.Globalization;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Search;

/// <summary>How far a search has come, by the lines that its runs have added to their metrics.</summary>
/// <param name="Epochs">That have ended, of all runs.</param>
/// <param name="TotalEpochs">Of all runs.</param>
/// <param name="Best">What was reached so far, and by which run; empty before the first epoch.</param>
public readonly record struct SearchProgress(int Epochs, int TotalEpochs, string Best)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Looks until the training has ended.</summary>
    internal static async Task WatchAsync(Task training, SearchOptions options, IProgress<SearchProgress> watcher, TimeProvider time)
    {
        while (!training.IsCompleted)
        {
            watcher.Report(Look(options));
            await Task.WhenAny(training, Task.Delay(BetweenLooks, time)).ConfigureAwait(false);
        }
    }

    private static SearchProgress Look(SearchOptions options)
    {
        var runs = options.Runs();
        var ended = runs.SelectMany(run => MetricsLog.Read(RunFolder.MetricsOf(Path.Combine(options.Training.Run, run.Name))).Select(epoch => new Ended(run, epoch))).ToArray();
        var best = ended.Where(one => one.Epoch.MeanCcc is not null).MaxBy(one => one.Epoch.MeanCcc);
        var text = best is null ? "" : string.Create(CultureInfo.InvariantCulture, $"best so far: {best.Run.Name}, validation CCC {best.Epoch.MeanCcc:F3}");
        return new(ended.Length, runs.Count * options.Training.Epochs!.Value, text);
    }

    private sealed record Ended(SearchedRun Run, EpochMetrics Epoch);
}
