using System.Runtime.InteropServices;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>A shard of a drawn dataset that a test breaks.</summary>
internal sealed class EditedShard(DrawnDataset dataset, ShardResult shard)
{
    /// <summary>Where it lies.</summary>
    public string File { get; } = Path.Combine(dataset.Root, ShardLayout.ShardKey(shard.Fingerprint));

    /// <summary>Its bytes.</summary>
    public byte[] Read() => System.IO.File.ReadAllBytes(File);

    /// <summary>Puts other bytes in its place, and has the manifest say so.</summary>
    public async Task ReplaceAsync(byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File, bytes);
        var manifest = await new ManifestStore(dataset.Store()).LoadAsync(DrawnDataset.Name, null);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        var shards = manifest.Content.Shards.Select(other => other.Fingerprint == shard.Fingerprint ? other with { Sha256 = hash, Bytes = bytes.Length } : other);
        var altered = manifest with { Content = manifest.Content with { Shards = [.. shards] } };
        System.IO.File.WriteAllBytes(Path.Combine(dataset.Root, Manifest.Key(DrawnDataset.Name, manifest.Generation)), altered.ToBytes());
    }

    /// <summary>Makes the crops of so many rows, from the first on, no pictures any more.</summary>
    public static void BreakSlots(byte[] shard, int rows)
    {
        foreach (var slot in ShardReader.Open(shard).RowGroups.SelectMany(group => group.Read(ShardColumns.Slot)).Take(rows))
            MemoryMarshal.AsMemory(slot).Span[..2].Clear();
    }

    /// <summary>Puts another value in the place of a row's valence, wherever in the file it stands.</summary>
    public static void SetValence(byte[] shard, int row, float value)
    {
        var old = ShardReader.Open(shard).RowGroups[0].Read(ShardColumns.Valence)[row]!.Value;
        var at = shard.AsSpan().LastIndexOf(BitConverter.GetBytes(old));
        BitConverter.TryWriteBytes(shard.AsSpan(at), value);
        Assert.Equal(value, ShardReader.Open(shard).RowGroups[0].Read(ShardColumns.Valence)[row]);
    }
}
