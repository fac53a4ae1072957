using System.Buffers;

namespace EyeSlots.Core.Shards.Format;

/// <summary>Writes Thrift's compact protocol.</summary>
internal sealed class ThriftWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new(1024);

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public void Clear() => bytes.ResetWrittenCount();

    /// <summary>The head of a field, whose value follows; <paramref name="before"/>, 0 at a struct's start, becomes this field.</summary>
    public void Field(ref int before, int id, ThriftType type)
    {
        if (id - before <= 15) Byte((byte)(((id - before) << 4) | (int)type));
        else
        {
            Byte((byte)type);
            Signed(id);
        }

        before = id;
    }

    public void Stop() => Byte(0);

    public void List(int count, ThriftType elements)
    {
        Byte((byte)((Math.Min(count, 15) << 4) | (int)elements));
        if (count >= 15) Unsigned((ulong)count);
    }

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Binary(ReadOnlySpan<byte> value)
    {
        Unsigned((ulong)value.Length);
        bytes.Write(value);
    }

    public void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }

    private void Unsigned(ulong value)
    {
        for (; value > 127; value >>= 7) Byte((byte)(value | 128));
        Byte((byte)value);
    }
}
