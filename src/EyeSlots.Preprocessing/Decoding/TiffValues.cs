using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>The values of a TIFF tag of type SHORT or LONG.</summary>
/// <param name="bytes">All of them.</param>
/// <param name="size">Bytes of one: 2 or 4.</param>
/// <param name="isLittle">The file's byte order.</param>
internal readonly ref struct TiffValues(ReadOnlySpan<byte> bytes, int size, bool isLittle)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>How many there are.</summary>
    public int Count => size == 0 ? 0 : bytes.Length / size;

    /// <summary>One of them.</summary>
    public uint this[int index] => (size, isLittle) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * index)..]),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * index)..]),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * index)..]),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * index)..]),
    };

    /// <summary>Whether all of them are the same.</summary>
    public bool AreAll(uint value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] != value) return false;
        }

        return true;
    }
}
