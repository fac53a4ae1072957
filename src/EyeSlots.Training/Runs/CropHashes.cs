using System.Buffers.Binary;
using System.Security.Cryptography;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Runs;

/// <summary>Hashes of the encoded crops of labelled faces: one pass over the column that holds them, a shard in memory at a time and reader.</summary>
internal static class CropHashes
{
    private static readonly ShardColumn[] Columns = [ShardColumns.ImagePath, ShardColumns.FaceIndex, ShardColumns.Valence, ShardColumns.Arousal, ShardColumns.Slot];

    /// <summary>The hashes of a table's crops.</summary>
    public static async Task<HashSet<UInt128>> OfAsync(FaceTable table, CancellationToken cancellation)
    {
        HashSet<UInt128> all = new(table.Count);
        await ReadAsync(table, (_, reader) =>
        {
            var some = Labelled(reader).Select(slot => HashOf(slot.Crop)).ToArray();
            lock (all) all.UnionWith(some);
        }, cancellation).ConfigureAwait(false);
        return all;
    }

    /// <summary>The faces of a table whose crops have one of some hashes, in the order of their keys.</summary>
    public static async Task<IReadOnlyList<FaceKey>> FindAsync(FaceTable table, HashSet<UInt128> hashes, CancellationToken cancellation)
    {
        List<FaceKey> found = [];
        await ReadAsync(table, (shard, reader) =>
        {
            var some = Labelled(reader).Where(slot => hashes.Contains(HashOf(slot.Crop))).Select(slot => new FaceKey(shard.List, slot.Path, slot.Face)).ToArray();
            lock (found) found.AddRange(some);
        }, cancellation).ConfigureAwait(false);
        return [.. found.OrderBy(key => key.ToString(), StringComparer.Ordinal)];
    }

    private static Task ReadAsync(FaceTable table, Action<ShardResult, ShardReader> read, CancellationToken cancellation)
    {
        var root = table.Generation.Root;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(root.ReadsAtOnce, 2), CancellationToken = cancellation };
        return Parallel.ForEachAsync(table.Shards, options, async (shard, stop) =>
            read(shard, await PublishedFile.OpenColumnsAsync(root, shard, Columns, stop).ConfigureAwait(false)));
    }

    private static IEnumerable<(string Path, int Face, ReadOnlyMemory<byte> Crop)> Labelled(ShardReader reader)
    {
        foreach (var group in reader.RowGroups)
        {
            var (paths, faces, crops) = (group.Read(ShardColumns.ImagePath), group.Read(ShardColumns.FaceIndex), group.Read(ShardColumns.Slot));
            var (valences, arousals) = (group.Read(ShardColumns.Valence), group.Read(ShardColumns.Arousal));
            for (var row = 0; row < group.RowCount; row++)
            {
                if (valences[row] is not null && arousals[row] is not null) yield return (paths[row], faces[row], crops[row]);
            }
        }
    }

    private static UInt128 HashOf(ReadOnlyMemory<byte> crop) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(crop.Span));
}
