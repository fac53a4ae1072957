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
/// jobs name, what pins hold, and whatever is younger than the grace period. What has no name of ours is left alone.
/// </summary>
/// <param name="root">The dataset root.</param>
/// <param name="time">The clock.</param>
public sealed class GarbageCollector(IObjectStore root, TimeProvider time)
{
    private const string Temporary = ".tmp";
    private const int MostIdleLooks = 5;

    /// <summary>Lists what nothing needs and removes it when told to.</summary>
    /// <param name="keep">Generations to keep of every dataset, at least 1.</param>
    /// <param name="grace">Younger files stay.</param>
    /// <param name="delete">Removes the files.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public async Task<GarbageReport> CollectAsync(int keep, TimeSpan grace, bool delete, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var old = await OldAsync(grace, cancellation).ConfigureAwait(false);
        var needs = new NeededFiles(root, time, keep, old.Select(file => file.Key).ToHashSet(StringComparer.Ordinal));
        var needed = await needs.FindAsync(cancellation).ConfigureAwait(false);
        List<ObjectStat> garbage = [.. old.Where(file => !IsNeeded(file, needed)).OrderBy(file => file.Key, StringComparer.Ordinal)];
        if (delete) garbage = await DeleteAsync(garbage, needs, cancellation).ConfigureAwait(false);
        return new([.. garbage.Select(file => file.Key)], garbage.Sum(file => file.Size), delete);
    }

    // Files are listed before the plans are read: a job that starts meanwhile names what it keeps, or looks again when this has ended.
    private async Task<List<ObjectStat>> OldAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        List<ObjectStat> old = [];
        foreach (var folder in (string[])[Manifest.Root, PinFile.Folder, RunFiles.Folder, ShardLayout.Quarantine, ShardLayout.Shards])
        {
            await foreach (var file in root.ListAsync(folder, cancellation).ConfigureAwait(false))
            {
                if (IsOurs(file) && now - file.Modified >= (IsMark(file.Key) && grace < CollectionMark.Lifetime ? CollectionMark.Lifetime : grace)) old.Add(file);
            }
        }

        return old;
    }

    /// <summary>
    /// Deletes on the strength of one look at plans and manifests for as long as its mark says, then looks again. A job that lays its
    /// plan before the look is seen, and one that lays it after finds the mark: CONTRIBUTING.md, "Exactly once".
    /// </summary>
    private async Task<List<ObjectStat>> DeleteAsync(List<ObjectStat> garbage, NeededFiles needs, CancellationToken cancellation)
    {
        List<ObjectStat> deleted = [];
        for (int next = 0, before = -1, idle = 0; next < garbage.Count;)
        {
            idle = next == before ? idle + 1 : 0;
            if (idle == MostIdleLooks) throw new StorageException($"{root.Address} is too slow: a look at its plans and manifests takes more than {CollectionMark.Lease.TotalSeconds} s.");
            before = next;
            await using var mark = await CollectionMark.LayAsync(root, time, cancellation).ConfigureAwait(false);
            var needed = await needs.FindAsync(cancellation).ConfigureAwait(false);
            for (; next < garbage.Count && !mark.IsOver; next++)
            {
                if (IsNeeded(garbage[next], needed)) continue;
                if (!await TryDeleteAsync(garbage[next], mark, cancellation).ConfigureAwait(false)) break;
                deleted.Add(garbage[next]);
            }
        }

        return deleted;
    }

    /// <summary>False when the call had to be given up because the mark's time is over.</summary>
    private async Task<bool> TryDeleteAsync(ObjectStat file, CollectionMark mark, CancellationToken cancellation)
    {
        try
        {
            if (Manifest.TryParseKey(file.Key, out _, out _)) await new ManifestStore(root).EmptyAsync(file, mark.Token).ConfigureAwait(false);
            else await root.DeleteAsync(file.Key, mark.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool IsNeeded(in ObjectStat file, HashSet<string> needed) => needed.Contains(
        RunFiles.KindOf(file.Key, out var run) == RunFileKind.Slices ? RunFiles.Plan(run) : file.Key);

    /// <summary>Whether a file has a name of ours: an emptied manifest keeps its number for ever, and others may put beside ours what they like.</summary>
    private static bool IsOurs(in ObjectStat file)
    {
        if (Manifest.TryParseKey(file.Key, out _, out _)) return file.Size > 0;
        if (ShardLayout.IsKey(file.Key) || PinFile.IsKey(file.Key) || RunFiles.KindOf(file.Key, out _) != RunFileKind.Foreign) return true;
        var depth = file.Key.StartsWith(Manifest.Root, StringComparison.Ordinal) ? 2 : 1;
        return file.Key.EndsWith(Temporary, StringComparison.Ordinal) && file.Key.Count(sign => sign == '/') == depth;
    }

    private static bool IsMark(string key) => RunFiles.KindOf(key, out _) == RunFileKind.Mark;
}
