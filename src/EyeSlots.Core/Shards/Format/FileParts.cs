using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Shards.Format;

/// <summary>Parts of a file in a store, read by ranges. Parts that lie near each other are read as one.</summary>
/// <param name="root">The store.</param>
/// <param name="key">The file.</param>
internal sealed class FileParts(IObjectStore root, string key)
{
    /// <summary>Bytes read for nothing that cost less than another request.</summary>
    private const long MostGap = 16 << 10;

    /// <summary>Bytes of one request, and of one array: so much is taken from the heap before any of it has come.</summary>
    private const long MostBytes = 8 << 20;

    private readonly List<(long Offset, ReadOnlyMemory<byte> Bytes)> parts = [];
    private readonly Lock adding = new();

    /// <summary>Reads a part and keeps it.</summary>
    /// <exception cref="EyeSlotsException">There is no such file, or it ends before the part does: dataset-damaged.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int length, CancellationToken cancellation)
    {
        var part = new byte[length];
        try
        {
            if (!await root.ReadPartAsync(key, offset, part, cancellation).ConfigureAwait(false)) throw Damaged("missing");
        }
        catch (StorageException)
        {
            var there = await root.StatAsync(key, cancellation).ConfigureAwait(false);
            if (there?.Size < offset + length) throw Damaged("shorter than the manifest states");
            throw;
        }

        lock (adding) parts.Add((offset, part));
        return part;
    }

    /// <summary>Reads the chunks that are not held yet.</summary>
    /// <param name="chunks">In the order of the file.</param>
    /// <param name="cancellation">Stops the reads.</param>
    public Task ReadAsync(IEnumerable<ColumnChunk> chunks, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = root.ReadsAtOnce, CancellationToken = cancellation };
        return Parallel.ForEachAsync(Joined(chunks.Where(chunk => Find(chunk) is null)), options, async (range, stop) =>
            await ReadAsync(range.Offset, range.Length, stop).ConfigureAwait(false));
    }

    /// <summary>The bytes of a chunk, or null when they were not read.</summary>
    public ReadOnlyMemory<byte>? Find(ColumnChunk chunk)
    {
        foreach (var (offset, bytes) in parts)
        {
            if (chunk.Offset >= offset && chunk.Offset + chunk.Length <= offset + bytes.Length) return bytes.Slice((int)(chunk.Offset - offset), chunk.Length);
        }

        return null;
    }

    private EyeSlotsException Damaged(string how) => new(ErrorCodes.DatasetDamaged, $"{root.Address}/{key} is {how}; run preprocess again.");

    private static List<ColumnChunk> Joined(IEnumerable<ColumnChunk> chunks)
    {
        List<ColumnChunk> ranges = [];
        foreach (var chunk in chunks)
        {
            var end = chunk.Offset + chunk.Length;
            if (ranges is [.., var last] && chunk.Offset - (last.Offset + last.Length) <= MostGap && end - last.Offset <= MostBytes)
            {
                ranges[^1] = last with { Length = (int)(end - last.Offset) };
            }
            else
            {
                ranges.Add(chunk);
            }
        }

        return ranges;
    }
}
