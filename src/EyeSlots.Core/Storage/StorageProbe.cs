using System.Security.Cryptography;

namespace EyeSlots.Core.Storage;

/// <summary>One thing that a store must be able to do.</summary>
/// <param name="Check">What was tried.</param>
/// <param name="Passed">Whether it works.</param>
/// <param name="Detail">What was seen, or what failed and what to do about it; one line.</param>
public sealed record ProbeResult(string Check, bool Passed, string Detail);

/// <summary>
/// Tries on a store what exactly-once needs of it, with one small object that is deleted again. A server that ignores
/// <c>If-None-Match</c> is found here and not by two runs that overwrite each other.
/// </summary>
public sealed class StorageProbe
{
    private readonly IObjectStore store;
    private readonly List<ProbeResult> results = [];
    private readonly byte[] content = RandomNumberGenerator.GetBytes(64);

    // The suffix is that of stray temporary files, so that gc takes away what a killed probe leaves.
    private readonly string key = $"plans/probe-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";

    private StorageProbe(IObjectStore store) => this.store = store;

    /// <summary>Runs all checks; what depends on a failed one is left out. Faults of the store become failed checks.</summary>
    public static async Task<IReadOnlyList<ProbeResult>> RunAsync(IObjectStore store, CancellationToken cancellation = default)
    {
        var probe = new StorageProbe(store);
        await probe.RunAsync(cancellation).ConfigureAwait(false);
        return probe.results;
    }

    /// <summary>Looks whether a root of images can be listed, holds files, and has no links out of it.</summary>
    public static async Task<ProbeResult> FindImagesAsync(IObjectStore images, CancellationToken cancellation = default)
    {
        const string check = "images";
        try
        {
            if (await images.FindLinkOutAsync("", cancellation).ConfigureAwait(false) is { } link)
                return new(check, false, $"{link} is a link that leads out of {images.Address}; preprocess rejects what lies behind such, and reads it with --follow-links");
            await using var files = images.ListAsync("", cancellation).GetAsyncEnumerator(cancellation);
            if (!await files.MoveNextAsync().ConfigureAwait(false)) return new(check, false, $"{images.Address} holds no file; check --images");
            var first = files.Current.Key;
            return new(check, true, $"{images.Address} holds {first}{(await files.MoveNextAsync().ConfigureAwait(false) ? " and more" : " alone")}");
        }
        catch (EyeSlotsException error)
        {
            return new(check, false, error.Message);
        }
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        await CheckAsync("list", () => ListAsync(cancellation)).ConfigureAwait(false);
        if (!await CheckAsync("publish", () => PublishAsync(cancellation)).ConfigureAwait(false)) return;
        await CheckAsync("refuse a second publish", () => RefuseAsync(cancellation)).ConfigureAwait(false);
        await CheckAsync("read back", () => ReadAsync(cancellation)).ConfigureAwait(false);
        await CheckAsync("replace only what was seen", () => ReplaceAsync(cancellation)).ConfigureAwait(false);
        await CheckAsync("delete", () => DeleteAsync(cancellation)).ConfigureAwait(false);
    }

    private async Task<bool> CheckAsync(string check, Func<Task<(bool Passed, string Detail)>> run)
    {
        try
        {
            var (passed, detail) = await run().ConfigureAwait(false);
            results.Add(new(check, passed, detail));
            return passed;
        }
        catch (EyeSlotsException error)
        {
            results.Add(new(check, false, error.Message));
            return false;
        }
    }

    private async Task<(bool, string)> ListAsync(CancellationToken cancellation)
    {
        await using var files = store.ListAsync("", cancellation).GetAsyncEnumerator(cancellation);
        return (true, await files.MoveNextAsync().ConfigureAwait(false) ? $"{store.Address} has files" : $"{store.Address} is empty");
    }

    private async Task<(bool, string)> PublishAsync(CancellationToken cancellation) =>
        await store.PublishAsync(key, content, cancellation).ConfigureAwait(false)
            ? (true, $"wrote {key}")
            : (false, $"{key} was refused although it was not there; this store cannot hold a dataset.");

    // Other content than the first: an object that is there and equal could pass for our own.
    private async Task<(bool, string)> RefuseAsync(CancellationToken cancellation) =>
        await store.PublishAsync(key, content.AsMemory(1), cancellation).ConfigureAwait(false)
            ? (false, "a file was overwritten: the server ignores If-None-Match on PUT. Use another server or a newer version of it.")
            : (true, "a file that is there is not overwritten");

    private async Task<(bool, string)> ReadAsync(CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        var outcome = await store.ReadAsync(key, null, buffer, content.Length, cancellation).ConfigureAwait(false);
        return outcome == ReadOutcome.Read && buffer.Span.SequenceEqual(content)
            ? (true, $"{content.Length} bytes, as written")
            : (false, $"what was read is not what was written ({outcome}); this store cannot hold a dataset.");
    }

    // A repair puts a shard in the place of the damaged one that it has read, and never in that of a good one that came meanwhile.
    private async Task<(bool, string)> ReplaceAsync(CancellationToken cancellation)
    {
        var seen = await store.StatAsync(key, cancellation).ConfigureAwait(false) ?? throw new StorageException($"{key} is gone although nobody deleted it.");
        if (!await store.ReplaceAsync(key, seen, content.AsMemory(1), cancellation).ConfigureAwait(false)) return (false, $"{key} could not be replaced.");
        return await store.ReplaceAsync(key, seen, content, cancellation).ConfigureAwait(false)
            ? (false, "a file that had changed was replaced: the server ignores If-Match on PUT. Use another server or a newer version of it.")
            : (true, "a file that has changed is not replaced");
    }

    private async Task<(bool, string)> DeleteAsync(CancellationToken cancellation)
    {
        await store.DeleteAsync(key, cancellation).ConfigureAwait(false);
        return await store.StatAsync(key, cancellation).ConfigureAwait(false) is null
            ? (true, $"removed {key}")
            : (false, $"{key} is still there after it was deleted.");
    }
}
