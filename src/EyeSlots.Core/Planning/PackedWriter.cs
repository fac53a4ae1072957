using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>Writes numbers of seven bits a byte, and texts with their length before them.</summary>
/// <param name="room">Bytes to begin with.</param>
internal sealed class PackedWriter(int room = 1 << 17)
{
    private const int LongestNumber = 10;
    private byte[] buffer = GC.AllocateUninitializedArray<byte>(room);

    /// <summary>Bytes written so far.</summary>
    public int Count { get; private set; }

    /// <summary>What was written, to be changed in place until more is written.</summary>
    public Span<byte> Written => buffer.AsSpan(0, Count);

    public void Number(ulong value)
    {
        var to = Room(LongestNumber);
        var length = 0;
        for (; value >= 0x80; value >>= 7) to[length++] = (byte)(value | 0x80);
        to[length++] = (byte)value;
        Count += length;
    }

    /// <summary>Small numbers of either sign are short.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Single(float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(Room(sizeof(float)), value);
        Count += sizeof(float);
    }

    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);
        Count += sizeof(double);
    }

    public void Text(string text)
    {
        Number((ulong)Encoding.UTF8.GetByteCount(text));
        Utf8(text);
    }

    /// <summary>A text without its length.</summary>
    public void Utf8(string text) => Count += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Forgets what was written behind the first bytes.</summary>
    public void Shorten(int count) => Count = count;

    public byte[] ToArray() => Written.ToArray();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int bytes)
    {
        if (buffer.Length - Count < bytes) Grow(bytes);
        return buffer.AsSpan(Count);
    }

    private void Grow(int bytes)
    {
        var grown = GC.AllocateUninitializedArray<byte>(checked((int)Math.Min(Math.Max(2L * buffer.Length, (long)Count + bytes), Array.MaxLength)));
        if (grown.Length - Count < bytes) throw new OutOfMemoryException($"{(long)Count + bytes} bytes were to be written, more than an array can have.");
        Written.CopyTo(grown);
        buffer = grown;
    }
}
