using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Loading;

/// <summary>Reads the windows of a pass one after the other, each shard as soon as there is room for its faces.</summary>
/// <param name="table">All faces.</param>
/// <param name="source">Where shards come from.</param>
/// <param name="pool">Memory of the slots.</param>
/// <param name="spare">Memory of shards.</param>
internal sealed class WindowReader(FaceTable table, ShardSource source, SlotPool pool, Stack<ByteBuffer> spare)
{
    /// <summary>Shards that are read ahead at least, and their bytes at most: six ordinary ones.</summary>
    private const int ShardsAhead = 4;
    private const long BytesAhead = 24L << 20;
    private const int MostBytesOfOne = (int)PublishedFile.MostBytes;

    /// <summary>
    /// Reads all windows that hold a place of the pass. Returns when the last one is read, or the pass has ended. For a thread of its own:
    /// it waits for reads and for room.
    /// </summary>
    public void Run(EpochOrder order, EpochPass pass, CancellationToken cancellation)
    {
        var bounds = new ReadAheadBounds(Math.Max(ShardsAhead, table.Generation.Root.ReadsAtOnce), BytesAhead, MostBytesOfOne);
        var ahead = new ReadAhead<ShardResult>(Shards(order, pass.FirstPlace), source, bounds, spare, cancellation);
        try
        {
            Read(order, pass, ahead);
        }
        finally
        {
            ahead.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void Read(EpochOrder order, EpochPass pass, ReadAhead<ShardResult> ahead)
    {
        foreach (var plan in order.WindowsFrom(pass.FirstPlace))
        {
            var window = new SlotWindow(plan);
            var asked = plan.Asked();
            var index = 0;
            foreach (var shard in plan.Shards.ToArray())
            {
                var faces = plan.FacesOf(shard);
                if (!pass.WaitForRoom(asked.AsSpan(index, faces.Count).Count(true))) return;
                var read = ahead.NextAsync().AsTask().GetAwaiter().GetResult();
                Fill(window, index, faces, table.FirstFaceOf(shard), read.Content, asked);
                index += faces.Count;
            }

            pass.Offer(window);
        }
    }

    private IEnumerable<ShardResult> Shards(EpochOrder order, int firstPlace) =>
        order.WindowsFrom(firstPlace).SelectMany(plan => plan.Shards.ToArray()).Select(shard => table.ShardFaces[shard].Shard);

    private void Fill(SlotWindow window, int start, ShardFaces faces, int firstFace, ReadOnlyMemory<byte> content, bool[] asked)
    {
        var reader = PublishedFile.Open(table.Generation.Root, faces.Shard, content);
        if (!faces.AreIn(reader))
            throw PublishedFile.Damaged(table.Generation.Root, faces.Shard, "its labels are not those that were read of it before");
        var at = 0;
        var firstRow = 0;
        foreach (var group in reader.RowGroups)
        {
            var (slots, widths, heights) = (group.Read(ShardColumns.Slot), group.Read(ShardColumns.Width), group.Read(ShardColumns.Height));
            for (; at < faces.Count && faces.Rows[at] < firstRow + group.RowCount; at++)
            {
                if (!asked[start + at]) continue;
                var row = faces.Rows[at] - firstRow;
                var array = pool.Rent(slots[row].Length);
                slots[row].Span.CopyTo(array);
                window.Set(start + at, new(firstFace + at, faces.KeyHashes[at], faces.Labels(at), widths[row], heights[row], array, slots[row].Length));
            }

            firstRow += group.RowCount;
        }
    }
}
