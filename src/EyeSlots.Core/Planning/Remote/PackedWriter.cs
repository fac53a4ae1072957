using System.Buffers.Binary;
using System.Text;

namespace EyeSlots.Core.Planning.Remote;

/// <summary>Writes numbers of seven bits a byte, and texts with their length before them.</summary>
internal sealed class PackedWriter : IDisposable
{
    private readonly MemoryStream stream = new();

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7) stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }

    /// <summary>Small numbers of either sign are short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Single(float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        stream.Write(bytes);
    }

    public void Double(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        stream.Write(bytes);
    }

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number((ulong)bytes.Length);
        stream.Write(bytes);
    }

    public byte[] ToArray() => stream.ToArray();

    public void Dispose() => stream.Dispose();
}
