using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>The generation that a run trains on, kept from gc while the run lasts, and while it may be resumed.</summary>
internal sealed class RunDataset : IAsyncDisposable
{
    private readonly GenerationPin pin;
    private bool isOver;

    private RunDataset(RunName run, PinnedGeneration generation, GenerationPin pin) => (Run, Generation, this.pin) = (run, generation, pin);

    /// <summary>Names the run, and its pin.</summary>
    public RunName Run { get; }

    /// <summary>The generation.</summary>
    public PinnedGeneration Generation { get; }

    /// <summary>Opens the generation of a run that begins: the newest, or the one that is asked for.</summary>
    /// <exception cref="EyeSlotsException">dataset-damaged: it is not there.</exception>
    public static async Task<RunDataset> OpenAsync(IObjectStore root, TrainingOptions options, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var run = RunName.New(time);
        while (true)
        {
            var found = await PinnedGeneration.OpenAsync(root, options.Dataset, options.Generation, cancellation).ConfigureAwait(false);
            if (await TryPinAsync(root, run, Describe(root, found), time, log, cancellation).ConfigureAwait(false) is { } dataset) return dataset;

            // Between the look and the pin, gc gave up what was the newest: another is by now. One that was asked for is told gone above.
        }
    }

    /// <summary>Opens the generation of a run that goes on.</summary>
    /// <exception cref="EyeSlotsException">dataset-damaged: it is gone, or the root holds another.</exception>
    public static async Task<RunDataset> ReopenAsync(IObjectStore root, RunSource source, RunName run, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        await PinnedGeneration.ReopenAsync(root, source.Dataset, source.Generation, source.ContentSha256, cancellation).ConfigureAwait(false);
        return await TryPinAsync(root, run, source, time, log, cancellation).ConfigureAwait(false) ??
            throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"Generation {source.Generation} of '{source.Dataset}' in {root.Address} was removed by gc just now; begin a new run.");
    }

    /// <summary>What of it stands in the run.</summary>
    public RunSource Describe() => Describe(Generation.Root, Generation);

    /// <summary>Says that the run has ended, or has not begun: nobody will resume it, and its pin goes.</summary>
    public void Finish() => isOver = true;

    /// <summary>Leaves the pin of a run that may be resumed; it is dead after a week.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isOver) await pin.RemoveAsync().ConfigureAwait(false);
        await pin.DisposeAsync().ConfigureAwait(false);
    }

    // The pin is laid first and the generation read again after: what is there then stays there.
    private static async Task<RunDataset?> TryPinAsync(IObjectStore root, RunName run, RunSource source, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var pin = await GenerationPin.LayAsync(root, run, source.Dataset, source.Generation, time, log, cancellation).ConfigureAwait(false);
        try
        {
            return new(run, await PinnedGeneration.ReopenAsync(root, source.Dataset, source.Generation, source.ContentSha256, cancellation).ConfigureAwait(false), pin);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            await pin.RemoveAsync().ConfigureAwait(false);
            await pin.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch
        {
            await pin.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static RunSource Describe(IObjectStore root, PinnedGeneration found) =>
        new(root.Address.ToString(), found.Manifest.Dataset, found.Manifest.Generation, found.ContentSha256);
}
