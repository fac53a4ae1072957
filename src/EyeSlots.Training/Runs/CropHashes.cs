using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>Hashes of the encoded crops of labelled faces: one pass over the shards, which an epoch may have left in the cache.</summary>
/// <param name="loader">How shards are read.</param>
/// <param name="log">Told of a cache that cannot be used.</param>
internal sealed class CropHashes(LoaderOptions loader, ILogger log)
{
    /// <summary>The hashes of a table's crops.</summary>
    public async Task<HashSet<UInt128>> OfAsync(FaceTable table, CancellationToken cancellation)
    {
        HashSet<UInt128> all = new(table.Count);
        await ReadAsync(table, (_, group) =>
        {
            var some = Labelled(group).Select(face => face.Hash).ToArray();
            lock (all) all.UnionWith(some);
        }, cancellation).ConfigureAwait(false);
        return all;
    }

    /// <summary>The faces of a table whose crops have one of some hashes, in the order of their keys.</summary>
    public async Task<IReadOnlyList<FaceKey>> FindAsync(FaceTable table, HashSet<UInt128> hashes, CancellationToken cancellation)
    {
        List<FaceKey> found = [];
        await ReadAsync(table, (shard, group) =>
        {
            var rows = Labelled(group).Where(face => hashes.Contains(face.Hash)).Select(face => face.Row).ToArray();
            if (rows.Length == 0) return;
            var (paths, faces) = (group.Read(ShardColumns.ImagePath), group.Read(ShardColumns.FaceIndex));
            lock (found) found.AddRange(rows.Select(row => new FaceKey(shard.List, paths[row], faces[row])));
        }, cancellation).ConfigureAwait(false);
        return [.. found.OrderBy(key => key.ToString(), StringComparer.Ordinal)];
    }

    private async Task ReadAsync(FaceTable table, Action<ShardResult, ShardRowGroup> read, CancellationToken cancellation)
    {
        var root = table.Generation.Root;
        using var cache = ShardCache.Of(loader, root, log);
        var source = new ShardSource(root, cache);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(root.ReadsAtOnce, loader.Workers), CancellationToken = cancellation };
        ConcurrentBag<ByteBuffer> spare = []; // as many as shards are read at once, whatever their number
        await Parallel.ForEachAsync(table.Shards, options, async (shard, stop) =>
        {
            if (!spare.TryTake(out var buffer)) buffer = new();
            await source.ReadAsync(shard, buffer, shard.Bytes, stop).ConfigureAwait(false);
            foreach (var group in PublishedFile.Open(root, shard, buffer.Memory).RowGroups) read(shard, group);
            spare.Add(buffer);
        }).ConfigureAwait(false);
    }

    private static IEnumerable<(int Row, UInt128 Hash)> Labelled(ShardRowGroup group)
    {
        var (crops, valences, arousals) = (group.Read(ShardColumns.Slot), group.Read(ShardColumns.Valence), group.Read(ShardColumns.Arousal));
        for (var row = 0; row < group.RowCount; row++)
        {
            if (valences[row] is not null && arousals[row] is not null) yield return (row, HashOf(crops[row]));
        }
    }

    private static UInt128 HashOf(ReadOnlyMemory<byte> crop) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(crop.Span));
}
