using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>
/// Whether an array's buffers hold what its length says. Apache.Arrow asks this neither where it reads nor where it writes, and
/// Spark answers a short buffer with an error that names no column.
/// </summary>
internal static class ArrayLayout
{
    /// <returns>What is wrong, as the end of a sentence about the array; null where nothing is.</returns>
    internal static string? FaultOf(ArrayData array)
    {
        if (array.Length < 0 || array.Offset < 0 || array.Length > int.MaxValue - array.Offset) return "has no valid length";
        if (array.NullCount > array.Length) return $"has {array.NullCount} nulls in {array.Length} values";
        var end = array.Offset + array.Length;
        if (array.DataType.TypeId == ArrowTypeId.Null || end == 0) return null;
        var validity = LengthOf(array, 0);
        if (array.NullCount > 0 && validity == 0) return "has nulls but no validity bitmap";
        if (array.NullCount != 0 && validity > 0 && validity < BytesOfBits(end)) return "has a validity bitmap that is too short";
        return array.DataType switch
        {
            BooleanType => Enough(LengthOf(array, 1), BytesOfBits(end)),
            FixedWidthType fixedWidth => Enough(LengthOf(array, 1), (long)end * (fixedWidth.BitWidth / 8)),
            StringType or BinaryType => OffsetsFault(Offsets<int>(array, end), array.Offset, LengthOf(array, 2)),
            LargeStringType or LargeBinaryType => OffsetsFault(Offsets<long>(array, end), array.Offset, LengthOf(array, 2)),
            ListType or MapType => OffsetsFault(Offsets<int>(array, end), array.Offset, ChildLength(array, 0)) ?? ChildrenFault(array),
            StructType type => StructFault(array, type, end),
            _ => $"has the type {ArrowTypes.TextOf(array.DataType)}, which cannot be checked",
        };
    }

    private static string? StructFault(ArrayData array, StructType type, int end)
    {
        for (var child = 0; child < type.Fields.Count; child++)
        {
            if (ChildLength(array, child) is var length && length < end)
                return $"has {end} rows, but its field '{type.Fields[child].Name}' has {length}";
        }

        return ChildrenFault(array);
    }

    private static string? ChildrenFault(ArrayData array)
    {
        foreach (var child in array.Children ?? [])
        {
            if (FaultOf(child) is { } fault) return "has a child that " + fault;
        }

        return null;
    }

    private static string? OffsetsFault<T>(ReadOnlySpan<T> offsets, int start, long limit) where T : unmanaged, IComparable<T>, IConvertible
    {
        if (offsets.IsEmpty) return "has too few offsets";
        for (var index = start + 1; index < offsets.Length; index++)
        {
            if (offsets[index].CompareTo(offsets[index - 1]) < 0) return "has offsets that fall";
        }

        return offsets[start].CompareTo(default) < 0 || offsets[^1].ToInt64(null) > limit ? "has offsets outside of its values" : null;
    }

    /// <summary>The offsets up to the end of the array, empty where there are fewer.</summary>
    private static ReadOnlySpan<T> Offsets<T>(ArrayData array, int end) where T : unmanaged
    {
        var offsets = LengthOf(array, 1) == 0 ? [] : MemoryMarshal.Cast<byte, T>(array.Buffers[1].Span);
        return offsets.Length > end ? offsets[..(end + 1)] : [];
    }

    private static string? Enough(long have, long need) => have >= need ? null : $"has {have} bytes of values where its length needs {need}";

    private static long BytesOfBits(int bits) => (bits + 7L) / 8;

    private static long LengthOf(ArrayData array, int buffer) =>
        array.Buffers is { } buffers && buffer < buffers.Length ? buffers[buffer].Length : 0;

    private static long ChildLength(ArrayData array, int child) =>
        array.Children is { } children && child < children.Length ? children[child].Length : 0;
}
