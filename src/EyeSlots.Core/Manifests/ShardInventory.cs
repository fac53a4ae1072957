using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>All shards and quarantine files below a root, by one listing of each folder.</summary>
internal sealed class ShardInventory
{
    private readonly Dictionary<string, ObjectStat> files = new(StringComparer.Ordinal);

    private ShardInventory()
    {
    }

    /// <summary>
    /// Lists both folders side by side. What appears meanwhile is seen in part at most, and then counts as not there; what goes away meanwhile
    /// may count as there, as it would had it gone a moment later. What else lies there is not asked for by any name.
    /// </summary>
    public static async Task<ShardInventory> ReadAsync(IObjectStore root, CancellationToken cancellation)
    {
        var (shards, quarantine) = (ListAsync(ShardLayout.Shards), ListAsync(ShardLayout.Quarantine));
        ShardInventory inventory = new();
        foreach (var folder in await Task.WhenAll(shards, quarantine).ConfigureAwait(false))
        {
            foreach (var file in folder) inventory.files[file.Key] = file;
        }

        return inventory;

        async Task<List<ObjectStat>> ListAsync(string folder)
        {
            List<ObjectStat> files = [];
            await foreach (var file in root.ListAsync(folder, cancellation).ConfigureAwait(false)) files.Add(file);
            return files;
        }
    }

    /// <summary>Whether there is a shard of this name.</summary>
    public bool Has(string fingerprint) => files.ContainsKey(ShardLayout.ShardKey(fingerprint));

    /// <summary>Whether a shard, and its quarantine file where it has one, are there with the bytes in length that a result states.</summary>
    public bool HasInLength(ShardResult shard) =>
        Size(ShardLayout.ShardKey(shard.Fingerprint)) == shard.Bytes &&
        (shard.Rejected == 0 || Size(ShardLayout.QuarantineKey(shard.Fingerprint)) == shard.QuarantineBytes);

    /// <summary>Whether a shard or its quarantine file has been written since an earlier inventory.</summary>
    /// <param name="shard">A shard that is there.</param>
    /// <param name="earlier">The earlier inventory.</param>
    /// <param name="orIsNew">Whether one that was not there then counts too.</param>
    public bool HasChanged(ShardResult shard, ShardInventory earlier, bool orIsNew)
    {
        return IsOther(ShardLayout.ShardKey(shard.Fingerprint)) || (shard.Rejected > 0 && IsOther(ShardLayout.QuarantineKey(shard.Fingerprint)));

        bool IsOther(string key) => earlier.files.TryGetValue(key, out var before) ? before.Version != files[key].Version : orIsNew;
    }

    private long Size(string key) => files.TryGetValue(key, out var file) ? file.Size : -1;
}
