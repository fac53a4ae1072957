using EyeSlots.Core.Storage;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// Keeps gc off what one generation names, for somebody who reads it for hours or days. It is renewed daily while this lives, is dead after
/// seven days, and stays behind where it is not removed, so that a reader that was stopped finds its shards when it goes on. After it was
/// laid the generation must be looked at once more: see CONTRIBUTING.md, "Exactly once".
/// </summary>
public sealed class GenerationPin : IAsyncDisposable
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan Renewal = TimeSpan.FromDays(1);
    private readonly IObjectStore root;
    private readonly string key;
    private readonly PinFile file;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private Task renewals = Task.CompletedTask;

    private GenerationPin(IObjectStore root, RunName run, PinFile file, TimeProvider time, ILogger log) =>
        (this.root, key, this.file, this.time, this.log) = (root, PinFile.Key(run), file, time, log);

    /// <summary>
    /// Lays a run's pin, or renews the one that it laid before, and waits until no collection of garbage can delete any more that may not
    /// have seen it. A root that cannot be written gives a warning; the generation is then read without a pin.
    /// </summary>
    /// <param name="root">The dataset root; stays the caller's.</param>
    /// <param name="run">Whose pin it is: one for each run.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="generation">The generation that it reads.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told of waiting, and of a pin that could not be laid.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<GenerationPin> LayAsync(
        IObjectStore root, RunName run, string dataset, int generation, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var pin = new GenerationPin(root, run, new(dataset, generation), time, log);
        if (!await pin.TryWriteAsync(cancellation).ConfigureAwait(false)) return pin;
        var collections = await CollectionsAtWork.FindAsync(root, time, cancellation).ConfigureAwait(false);
        await collections.OutlastAsync(log, cancellation).ConfigureAwait(false);
        pin.renewals = pin.RenewAsync();
        return pin;
    }

    /// <summary>Takes the pin away: nothing is read any more. One that cannot be removed only keeps gc from its files for a week.</summary>
    public async Task RemoveAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await CleanUp.DeleteAsync(root, key, time, log).ConfigureAwait(false);
    }

    /// <summary>Ends the renewals and leaves the pin.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task StopAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await renewals.ConfigureAwait(false);
    }

    private async Task RenewAsync()
    {
        using var days = new PeriodicTimer(Renewal, time);
        try
        {
            while (await days.WaitForNextTickAsync(stop.Token).ConfigureAwait(false)) await TryWriteAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reader has ended.
        }
    }

    private async Task<bool> TryWriteAsync(CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (StorageException error)
        {
            log.LogWarning("Generation {Generation} of '{Dataset}' could not be pinned, so gc may delete it while it is read. {Reason}", file.Generation, file.Dataset, error.Message);
            return false;
        }
    }

    // In one step where it is there already: a collection that looks in between would find nothing.
    private async Task WriteAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var there = await root.StatAsync(key, cancellation).ConfigureAwait(false);
            if (there is { } seen ? await root.ReplaceAsync(key, seen, file.ToBytes(), cancellation).ConfigureAwait(false)
                : await root.PublishAsync(key, file.ToBytes(), cancellation).ConfigureAwait(false)) return;
        }

        throw new StorageException($"{root.Address}/{key} is changed by others all the time.");
    }
}
