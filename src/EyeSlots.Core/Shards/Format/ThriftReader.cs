using System.Text;

namespace EyeSlots.Core.Shards.Format;

/// <summary>How a value of Thrift's compact protocol is written.</summary>
internal enum ThriftType
{
    Stop = 0,
    True = 1,
    False = 2,
    Int8 = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Float64 = 7,
    Binary = 8,
    List = 9,
    Struct = 12,
}

/// <summary>Reads Thrift's compact protocol from bytes that nobody vouches for: every length is held against what is left.</summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int MostDepth = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => bytes.Length - rest.Length;

    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>The head of a struct's next field; false at the struct's end. Fields come in ascending order.</summary>
    /// <param name="id">The field before, 0 at the struct's start; becomes the field found.</param>
    /// <param name="type">How its value is written.</param>
    public bool Next(ref int id, out ThriftType type)
    {
        var head = Byte();
        type = (ThriftType)(head & 15);
        if (head == 0) return false;
        var next = head >> 4 is > 0 and var delta ? id + delta : (int)Math.Clamp(Signed(), 0, short.MaxValue);
        if (next <= id || type == ThriftType.Stop) throw Damaged();
        id = next;
        return true;
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public int Int32() => Signed() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Damaged();

    public byte Byte() => Take(1)[0];

    public ReadOnlySpan<byte> Binary() => Take(Unsigned());

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Binary());
        }
        catch (DecoderFallbackException broken)
        {
            throw new FormatException("a text of it is not UTF-8", broken);
        }
    }

    /// <summary>The number of a list's elements, which must be of this type.</summary>
    public int List(ThriftType elements) => List(out var found) is var count && found == elements ? count : throw Damaged();

    /// <summary>The number of a list's elements, each of which takes at least a byte of what is left.</summary>
    public int List(out ThriftType elements)
    {
        var head = Byte();
        var count = head >> 4 == 15 ? Unsigned() : (ulong)(head >> 4);
        elements = (ThriftType)(head & 15);
        return count <= (ulong)rest.Length ? (int)count : throw Damaged();
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(ThriftType type) => Skip(type, MostDepth);

    public static FormatException Damaged() => new("its footer or a page's header is damaged");

    private void Skip(ThriftType type, int depth)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False: break;
            case ThriftType.Int8: Byte(); break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64: Unsigned(); break;
            case ThriftType.Float64: Take(sizeof(double)); break;
            case ThriftType.Binary: Binary(); break;
            case ThriftType.Struct when depth > 0:
                for (var id = 0; Next(ref id, out var field);) Skip(field, depth - 1);
                break;
            case ThriftType.List when depth > 0:
                for (var count = List(out var elements); count > 0; count--) Skip(elements, depth - 1);
                break;
            default: throw Damaged();
        }
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128) return value;
        }

        throw Damaged();
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)rest.Length) throw Damaged();
        var taken = rest[..(int)count];
        rest = rest[(int)count..];
        return taken;
    }
}
