using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>Writes numbers of seven bits a byte, and texts with their length before them.</summary>
/// <param name="room">Bytes to begin with.</param>
internal sealed class PackedWriter(int room = 1 << 17)
{
    private const int LongestNumber = 10;
    private readonly ArrayBufferWriter<byte> buffer = new(room);

    /// <summary>Bytes written so far.</summary>
    public int Count => buffer.WrittenCount;

    /// <summary>What was written, to be changed in place until more is written.</summary>
    public Span<byte> Written => MemoryMarshal.AsMemory(buffer.WrittenMemory).Span;

    public void Number(ulong value)
    {
        var to = buffer.GetSpan(LongestNumber);
        var length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        buffer.Advance(length);
    }

    /// <summary>Small numbers of either sign are short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(sizeof(float)), value);
        buffer.Advance(sizeof(float));
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.GetSpan(sizeof(double)), value);
        buffer.Advance(sizeof(double));
    }

    public void Text(string text)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, buffer);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => buffer.Write(bytes);

    /// <summary>Forgets what was written behind the first bytes.</summary>
    public void Shorten(int count)
    {
        buffer.ResetWrittenCount();
        buffer.Advance(count);
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
