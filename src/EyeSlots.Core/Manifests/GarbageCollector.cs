using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>What gc found, and removed where it was told to.</summary>
/// <param name="Files">Files that nothing needs, in ordinal order.</param>
/// <param name="Bytes">Bytes of them.</param>
/// <param name="Deleted">Whether they were removed.</param>
public sealed record GarbageReport(IReadOnlyList<string> Files, long Bytes, bool Deleted);

/// <summary>
/// Finds files below a root that nothing needs. Needed is what the last manifests of every dataset name, what the plans of running
/// jobs name, and whatever is younger than the grace period.
/// </summary>
/// <param name="root">The dataset root.</param>
/// <param name="time">The clock.</param>
public sealed class GarbageCollector(IObjectStore root, TimeProvider time)
{
    private const string Temporary = ".tmp";

    /// <summary>Lists what nothing needs and removes it when told to.</summary>
    /// <param name="keep">Generations to keep of every dataset, at least 1.</param>
    /// <param name="grace">Younger files stay.</param>
    /// <param name="delete">Removes the files.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public async Task<GarbageReport> CollectAsync(int keep, TimeSpan grace, bool delete, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var now = time.GetUtcNow();
        List<ObjectStat> old = [];
        foreach (var folder in (string[])[Manifest.Root, RunPlanFile.Folder, ShardLayout.Quarantine, ShardLayout.Shards])
        {
            // Files are listed before the plans are read: a job that starts meanwhile names what it keeps before it looks.
            await foreach (var file in root.ListAsync(folder, cancellation).ConfigureAwait(false))
            {
                if (now - file.Modified >= grace) old.Add(file);
            }
        }

        var needed = await NeededAsync(keep, cancellation).ConfigureAwait(false);
        var garbage = old.Where(file => IsGarbage(file, needed)).OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        if (delete) await DeleteAsync(garbage, keep, cancellation).ConfigureAwait(false);
        return new([.. garbage.Select(file => file.Key)], garbage.Sum(file => file.Size), delete);
    }

    private static bool IsGarbage(in ObjectStat file, HashSet<string> needed)
    {
        if (needed.Contains(file.Key)) return false;
        if (RunPlanFile.PlanOfSlices(file.Key) is { } plan) return !needed.Contains(plan);
        return file.Key.EndsWith(Temporary, StringComparison.Ordinal) || file.Key.EndsWith(".parquet", StringComparison.Ordinal) ||
            RunPlanFile.IsPlan(file.Key) || ManifestStore.GenerationOf(file.Key) is not null;
    }

    private async Task<HashSet<string>> NeededAsync(int keep, CancellationToken cancellation)
    {
        var newest = await NewestAsync(cancellation).ConfigureAwait(false);
        HashSet<string> needed = await PlannedAsync(newest, cancellation).ConfigureAwait(false);
        var manifests = new ManifestStore(root);
        foreach (var dataset in newest.Keys)
        {
            var generations = await manifests.GenerationsAsync(dataset, cancellation).ConfigureAwait(false);
            foreach (var generation in generations.TakeLast(keep))
            {
                var manifest = await manifests.LoadAsync(dataset, generation, cancellation).ConfigureAwait(false);
                needed.Add(Manifest.Key(dataset, generation));
                foreach (var shard in manifest.Content.Shards) AddShard(needed, shard.Fingerprint);
            }
        }

        return needed;
    }

    private async Task<Dictionary<string, int>> NewestAsync(CancellationToken cancellation)
    {
        var manifests = new ManifestStore(root);
        Dictionary<string, int> newest = [];
        foreach (var dataset in await manifests.DatasetsAsync(cancellation).ConfigureAwait(false))
        {
            newest[dataset] = (await manifests.GenerationsAsync(dataset, cancellation).ConfigureAwait(false))[^1];
        }

        return newest;
    }

    private async Task<HashSet<string>> PlannedAsync(Dictionary<string, int> newest, CancellationToken cancellation)
    {
        HashSet<string> needed = [];
        foreach (var (key, plan) in await RunPlanFile.LiveAsync(root, time.GetUtcNow(), newest, cancellation).ConfigureAwait(false))
        {
            needed.Add(key);
            foreach (var fingerprint in plan.Fingerprints) AddShard(needed, fingerprint);
        }

        return needed;
    }

    private static void AddShard(HashSet<string> needed, string fingerprint)
    {
        needed.Add(ShardLayout.ShardKey(fingerprint));
        needed.Add(ShardLayout.QuarantineKey(fingerprint));
    }

    private async Task DeleteAsync(IEnumerable<ObjectStat> garbage, int keep, CancellationToken cancellation)
    {
        // Once more, for a job that started, or committed, while the manifests were read.
        var needed = await NeededAsync(keep, cancellation).ConfigureAwait(false);
        foreach (var file in garbage)
        {
            if (IsGarbage(file, needed)) await root.DeleteAsync(file.Key, cancellation).ConfigureAwait(false);
        }
    }
}
