using System.Buffers;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Shards;

/// <summary>
/// Encoded crops, each in one piece, in blocks that stay where they are: none is copied, cleared or given back as more crops come, or the
/// next shard's.
/// </summary>
internal sealed class CropBlocks : IBufferWriter<byte>
{
    private const int BlockBytes = 1 << 20;
    private readonly List<byte[]> blocks = [];
    private byte[] block = [];
    private int begun, start, end;

    /// <summary>Bytes of all blocks.</summary>
    public long Capacity { get; private set; }

    /// <summary>Bytes of the crops that were taken.</summary>
    public long TakenBytes { get; private set; }

    /// <summary>The crop under way, which is complete; the next one begins behind it.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var crop = block.AsMemory(start..end);
        TakenBytes += crop.Length;
        start = end;
        return crop;
    }

    /// <summary>Forgets the crop under way.</summary>
    public void Drop() => end = start;

    /// <summary>Forgets all crops.</summary>
    public void Clear()
    {
        (block, begun, start, end) = ([], 0, 0, 0);
        TakenBytes = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, block.Length - end);
        end += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return block.AsMemory(end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    // A crop that outgrows its block goes on in the next one that has room, with what there is of it.
    private void Reserve(int bytes)
    {
        if (block.Length - end >= bytes) return;
        var crop = block.AsSpan(start..end);
        block = NextBlock(checked(crop.Length + bytes));
        crop.CopyTo(block);
        (start, end) = (0, crop.Length);
    }

    private byte[] NextBlock(int bytes)
    {
        while (begun < blocks.Count)
        {
            if (blocks[begun++] is var used && used.Length >= bytes) return used;
        }

        var added = GC.AllocateUninitializedArray<byte>(BufferSize.Of(bytes, BlockBytes));
        Capacity += added.Length;
        blocks.Add(added);
        begun++;
        return added;
    }
}
