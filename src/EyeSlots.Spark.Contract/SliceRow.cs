using System.Buffers.Binary;
using EyeSlots.Core.Planning;

namespace EyeSlots.Spark.Contract;

/// <summary>The slices of one row, which are one task: each as <see cref="SliceBytes"/>, its length in four bytes before it.</summary>
public static class SliceRow
{
    /// <summary>Writes a row.</summary>
    public static byte[] Write(IReadOnlyCollection<byte[]> slices)
    {
        var row = new byte[slices.Sum(slice => sizeof(int) + slice.Length)];
        var rest = row.AsSpan();
        foreach (var slice in slices)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, slice.Length);
            slice.CopyTo(rest[sizeof(int)..]);
            rest = rest[(sizeof(int) + slice.Length)..];
        }

        return row;
    }

    /// <summary>Reads a row's slices one by one.</summary>
    /// <exception cref="FormatException">These are no bytes of a row.</exception>
    public static IEnumerable<Slice> Read(ReadOnlyMemory<byte> row)
    {
        while (!row.IsEmpty)
        {
            var length = row.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(row.Span);
            if (length < 0 || length > row.Length - sizeof(int)) throw new FormatException("The row ends within a slice.");
            yield return SliceBytes.Read(row.Span.Slice(sizeof(int), length));
            row = row[(sizeof(int) + length)..];
        }
    }
}
