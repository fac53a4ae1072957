using System.Buffers.Binary;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>A table of a FlatBuffer, read with every offset checked. References lead forward only, so no walk can run in a circle.</summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> buffer, slots;
    private readonly int position;

    private FlatTable(ReadOnlySpan<byte> buffer, int position)
    {
        this.buffer = buffer;
        this.position = position;
        var start = position - (long)Int32(buffer, position);
        var size = UInt16(buffer, start);
        slots = size >= 4 && start + size <= buffer.Length ? buffer.Slice((int)start, size) : throw Broken();
    }

    internal static FlatTable Root(ReadOnlySpan<byte> buffer) => new(buffer, Follow(buffer, 0));

    internal byte Byte(int field) => Find(field) is { } at ? At(at, 1)[0] : (byte)0;

    internal long Int64(int field) => Find(field) is { } at ? BinaryPrimitives.ReadInt64LittleEndian(At(at, 8)) : 0;

    internal bool Has(int field) => Find(field) is not null;

    /// <exception cref="WireFormatException">The table has no such field.</exception>
    internal FlatTable Table(int field) => new(buffer, Follow(buffer, Find(field) ?? throw Broken()));

    /// <summary>The number of entries of a vector, all of which lie within the buffer; 0 where there is no vector.</summary>
    internal int Count(int field, int entrySize)
    {
        if (Find(field) is not { } at) return 0;
        var start = Follow(buffer, at);
        var count = (uint)Int32(buffer, start);
        return count * (ulong)entrySize <= (ulong)(buffer.Length - start - 4) ? (int)count : throw Broken();
    }

    /// <summary>An entry of a vector of tables, below <see cref="Count"/>.</summary>
    internal FlatTable Entry(int field, int index) =>
        new(buffer, Follow(buffer, Follow(buffer, Find(field) ?? throw Broken()) + 4 + (4 * index)));

    private int? Find(int field)
    {
        var slot = 4 + (2 * field);
        var offset = slot + 2 <= slots.Length ? UInt16(slots, slot) : 0;
        return offset == 0 ? null : position + offset;
    }

    private ReadOnlySpan<byte> At(int start, int count) => start <= buffer.Length - count ? buffer.Slice(start, count) : throw Broken();

    private static int Follow(ReadOnlySpan<byte> buffer, int at)
    {
        var target = at + (long)(uint)Int32(buffer, at);
        return target > at && target <= buffer.Length - 4 ? (int)target : throw Broken();
    }

    private static int Int32(ReadOnlySpan<byte> buffer, long at) =>
        at >= 0 && at <= buffer.Length - 4 ? BinaryPrimitives.ReadInt32LittleEndian(buffer[(int)at..]) : throw Broken();

    private static int UInt16(ReadOnlySpan<byte> buffer, long at) =>
        at >= 0 && at <= buffer.Length - 2 ? BinaryPrimitives.ReadUInt16LittleEndian(buffer[(int)at..]) : throw Broken();

    private static WireFormatException Broken() => new("The metadata of an Arrow message leads outside of itself.");
}
