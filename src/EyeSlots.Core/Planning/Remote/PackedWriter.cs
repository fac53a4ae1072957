using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EyeSlots.Core.Planning.Remote;

/// <summary>Writes numbers of seven bits a byte, and texts with their length before them.</summary>
internal sealed class PackedWriter
{
    private const int LongestNumber = 10;
    private readonly ArrayBufferWriter<byte> buffer = new(1 << 17);

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

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
