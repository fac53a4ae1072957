using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// Decides which shards of a plan need not be made. Kept is what the manifest before names and is there with those bytes in length;
/// one that is there and not named, from a run that died, is read whole. What is off is made again; the publication replaces it.
/// </summary>
/// <param name="root">The dataset root.</param>
public sealed class KeptShards(IObjectStore root)
{
    /// <summary>Looks at every slice.</summary>
    /// <param name="slices">The plan.</param>
    /// <param name="before">The manifest that the run started from, or null.</param>
    /// <param name="cancellation">Stops the look.</param>
    /// <returns>For each slice its kept shard, or null where it must be made.</returns>
    public async Task<ShardResult?[]> FindAsync(IReadOnlyList<SliceHeader> slices, Manifest? before, CancellationToken cancellation)
    {
        var sizes = await SizesAsync(cancellation).ConfigureAwait(false);
        var named = before?.Content.Shards.ToDictionary(shard => shard.Fingerprint) ?? [];
        var kept = new ShardResult?[slices.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(root.ReadsAtOnce, Environment.ProcessorCount), CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, slices.Count), options, async (at, stop) =>
            kept[at] = await LookAsync(slices[at], named, sizes, stop).ConfigureAwait(false)).ConfigureAwait(false);
        return kept;
    }

    private async ValueTask<ShardResult?> LookAsync(
        SliceHeader slice, Dictionary<string, ShardResult> named, Dictionary<string, long> sizes, CancellationToken cancellation)
    {
        if (!sizes.TryGetValue(ShardLayout.ShardKey(slice.Fingerprint), out var bytes)) return null;
        if (!named.TryGetValue(slice.Fingerprint, out var shard)) return await ReadAsync(slice, cancellation).ConfigureAwait(false);
        var quarantine = sizes.GetValueOrDefault(ShardLayout.QuarantineKey(slice.Fingerprint));
        return bytes == shard.Bytes && (shard.Rejected == 0 || quarantine == shard.QuarantineBytes) ? shard : null;
    }

    private async Task<ShardResult?> ReadAsync(SliceHeader slice, CancellationToken cancellation)
    {
        try
        {
            var read = await new ShardCheck(root).ReadAsync(slice.Fingerprint, slice.List, cancellation).ConfigureAwait(false);
            return read?.Faces == slice.Faces ? read : null;
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            return null;
        }
    }

    private async Task<Dictionary<string, long>> SizesAsync(CancellationToken cancellation)
    {
        Dictionary<string, long> sizes = new(StringComparer.Ordinal);
        foreach (var folder in (string[])[ShardLayout.Shards, ShardLayout.Quarantine])
        {
            await foreach (var file in root.ListAsync(folder, cancellation).ConfigureAwait(false)) sizes[file.Key] = file.Size;
        }

        return sizes;
    }
}
