using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// Decides which shards of a plan need not be made. Kept is what the manifest before names and is there with those bytes in length;
/// one that is there and not named, from a run that died, is read whole. What is off is made again; the publication replaces it.
/// </summary>
/// <param name="root">The dataset root.</param>
/// <param name="memory">Bytes of the run's <c>--memory</c>: what another limit decided is not kept.</param>
public sealed class KeptShards(IObjectStore root, long memory)
{
    /// <summary>Looks at every slice.</summary>
    /// <param name="slices">The plan.</param>
    /// <param name="there">What was found at the root.</param>
    /// <param name="cancellation">Stops the look.</param>
    /// <returns>For each slice its kept shard, or null where it must be made.</returns>
    public Task<ShardResult?[]> FindAsync(IReadOnlyList<SliceHeader> slices, DatasetContents there, CancellationToken cancellation) =>
        FindAsync(slices, there.Newest, there.Shards, cancellation);

    internal async Task<ShardResult?[]> FindAsync(
        IReadOnlyList<SliceHeader> slices, Manifest? before, ShardInventory there, CancellationToken cancellation)
    {
        var named = before?.Content.Shards.DistinctBy(shard => shard.Fingerprint).ToDictionary(shard => shard.Fingerprint) ?? [];
        var kept = new ShardResult?[slices.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(root.ReadsAtOnce, Environment.ProcessorCount), CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, slices.Count), options, async (at, stop) =>
        {
            foreach (var name in slices[at].ShardNames(memory))
            {
                if (there.Has(name)) kept[at] ??= await LookAsync(slices[at], name, named, there, stop).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return kept;
    }

    private async ValueTask<ShardResult?> LookAsync(
        SliceHeader slice, string name, Dictionary<string, ShardResult> named, ShardInventory there, CancellationToken cancellation)
    {
        if (!named.TryGetValue(name, out var shard)) return await ReadAsync(slice, name, cancellation).ConfigureAwait(false);
        return there.HasInLength(shard) ? shard : null;
    }

    private async Task<ShardResult?> ReadAsync(SliceHeader slice, string name, CancellationToken cancellation)
    {
        var read = await new ShardCheck(root).TryReadAsync(name, slice.List, cancellation).ConfigureAwait(false);
        return read?.Faces == slice.Faces ? read : null;
    }
}
