using System.Buffers.Binary;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>Reads what <see cref="PackedWriter"/> writes. Every length is held against what is left.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> rest = bytes;

    public readonly int Left => rest.Length;

    public ulong Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new FormatException("A number of the slice has more than 64 bits.");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int32() => Signed() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw new FormatException("A number of the slice has more than 32 bits.");

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public string Text()
    {
        var length = Number();
        if (length > (ulong)rest.Length) throw Ended();
        try
        {
            return StrictUtf8.GetString(Take((int)length));
        }
        catch (DecoderFallbackException broken)
        {
            throw new FormatException("A text of the slice is not UTF-8.", broken);
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length) throw Ended();
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static FormatException Ended() => new("The slice ends early.");
}
