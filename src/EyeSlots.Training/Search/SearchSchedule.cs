using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using EyeSlots.Core;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Search;

/// <summary>Trains the runs of a search, one at a time on each device, in their order.</summary>
/// <param name="options">What is searched.</param>
/// <param name="generation">What all are trained on.</param>
/// <param name="trainer">Trains one.</param>
internal sealed class SearchSchedule(SearchOptions options, int generation, IRunTrainer trainer)
{
    private readonly ConcurrentQueue<SearchedRun> left = new(options.Runs());
    private readonly ConcurrentDictionary<SearchedRun, bool> diverged = [];
    private ExceptionDispatchInfo? failure;

    /// <summary>Trains all.</summary>
    /// <returns>Those whose loss came to be no number: that is found out of a rate, and ends no search.</returns>
    /// <exception cref="EyeSlotsException">Whatever else ended a run first; the others were stopped, with checkpoints.</exception>
    public async Task<IReadOnlySet<SearchedRun>> RunAsync(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(options.Devices.Select(device => TrainOnAsync(device, stop))).ConfigureAwait(false);
        failure?.Throw();
        return diverged.Keys.ToHashSet();
    }

    private async Task TrainOnAsync(TrainingDevice device, CancellationTokenSource stop)
    {
        try
        {
            while (left.TryDequeue(out var run)) await TrainAsync(run, run.OptionsOf(options.Training, generation, device), stop.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task TrainAsync(SearchedRun run, TrainingOptions its, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await trainer.TrainAsync(its, cancellation).ConfigureAwait(false);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.Diverged)
        {
            diverged[run] = true;
        }
    }
}
