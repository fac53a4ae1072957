using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>
/// A run from its options to its best model: the folder is taken, the run opened, the floors are fitted, and <see cref="TrainingLoop"/> trains.
/// A run that is in the folder already goes on where it was.
/// </summary>
/// <param name="stores">Opens the dataset root.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of what is worth knowing.</param>
public sealed class TrainingRun(IObjectStoreFactory stores, TimeProvider time, ILogger log)
{
    /// <summary>Trains to the end.</summary>
    /// <param name="options">What, on what, how and where.</param>
    /// <param name="watcher">Told of each step.</param>
    /// <param name="cancellation">Ends after the step under way, with a checkpoint.</param>
    /// <exception cref="EyeSlotsException">Every way in which a run can fail has a code; whatever it is, the last checkpoint stays.</exception>
    public async Task<RunSummary> RunAsync(TrainingOptions options, IProgress<TrainingProgress>? watcher, CancellationToken cancellation)
    {
        options = options.Validated();
        var device = options.Device.Resolve();
        try
        {
            using var folder = RunFolder.Open(options.Run, options.Resume);
            return await RunAsync(options, device, folder, watcher, cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw DurableFiles.Fault(options.Run, error);
        }
        catch (OutOfMemoryException error)
        {
            throw new EyeSlotsException(
                ErrorCodes.OutOfMemory, $"The memory of this machine does not suffice. Take a smaller --batch, --size or --model, or fewer --workers; the last good checkpoint stays. ({error.Message})", error);
        }
    }

    private async Task<RunSummary> RunAsync(
        TrainingOptions options, TrainingDevice device, RunFolder folder, IProgress<TrainingProgress>? watcher, CancellationToken cancellation)
    {
        await using var run = await OpenedRun.OpenAsync(options, device, folder, stores.Open(options.Root), time, log, cancellation).ConfigureAwait(false);
        await FitFloorsAsync(options, folder, run, cancellation).ConfigureAwait(false);

        // One thread trains from the first step to the last: OpenMP keeps the number of its threads for each thread that asks it.
        var summary = await Task.Factory.StartNew(() => Train(options, device, folder, run, watcher, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        run.Finish();
        return summary;
    }

    private RunSummary Train(
        TrainingOptions options, TrainingDevice device, RunFolder folder, OpenedRun run, IProgress<TrainingProgress>? watcher, CancellationToken cancellation)
    {
        TorchThreads.Use(run.Config.Settings.Threads);
        using var parts = new TrainingParts(options, run.Training, run.Validation, device.Open(), log);
        return new TrainingLoop(parts, run.Config, folder, time, log)
        {
            CheckpointEvery = options.CheckpointEvery, Watcher = watcher,
            AfterFirstEpoch = stop => run.CountEqualCropsAsync(options.Loader, stop).GetAwaiter().GetResult(),
        }.Run(cancellation);
    }

    private async Task FitFloorsAsync(TrainingOptions options, RunFolder folder, OpenedRun run, CancellationToken cancellation)
    {
        if (File.Exists(folder.Floors)) return;
        var floors = await Floors.FitAsync(run.Training, run.Validation, new FloorReader(options.Loader, log), cancellation).ConfigureAwait(false);
        DurableFiles.Write(folder.Floors, stream => stream.Write(floors.ToBytes()));
    }
}
