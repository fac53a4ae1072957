using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EyeSlots.Core.Shards.Format;

/// <summary>The values of a page, one for each row: what is allocated for them is bounded by the bytes that are there.</summary>
internal static class PlainValues
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Numbers, little-endian as this processor's.</summary>
    public static T[] Numbers<T>(ReadOnlyMemory<byte> body, int rows)
        where T : unmanaged => Cast<T>(body.Span, rows).ToArray();

    /// <summary>Numbers of which some are missing.</summary>
    public static T?[] Labels<T>(ReadOnlyMemory<byte> body, int rows)
        where T : unmanaged
    {
        var present = new bool[rows];
        var values = Cast<T>(body.Span[DefinitionLevels.Read(body.Span, present)..], present.AsSpan().Count(true));
        var labels = new T?[rows];
        for (int row = 0, at = 0; row < rows; row++) labels[row] = present[row] ? values[at++] : null;
        return labels;
    }

    /// <summary>Texts; rows that follow each other with the same one share it, as those of one list do.</summary>
    public static string[] Texts(ReadOnlyMemory<byte> body, int rows)
    {
        try
        {
            var bytes = Bytes(body, rows);
            var texts = new string[rows];
            for (var row = 0; row < rows; row++)
                texts[row] = row > 0 && bytes[row].Span.SequenceEqual(bytes[row - 1].Span) ? texts[row - 1] : StrictUtf8.GetString(bytes[row].Span);
            return texts;
        }
        catch (DecoderFallbackException broken)
        {
            throw new FormatException("a text of it is not UTF-8", broken);
        }
    }

    /// <summary>Runs of bytes, each behind its length; parts of the page, not copies.</summary>
    public static ReadOnlyMemory<byte>[] Bytes(ReadOnlyMemory<byte> body, int rows)
    {
        var values = new ReadOnlyMemory<byte>[rows];
        foreach (ref var value in values.AsSpan())
        {
            if (body.Length < sizeof(int)) throw Ends();
            var length = BinaryPrimitives.ReadInt32LittleEndian(body.Span);
            body = body[sizeof(int)..];
            if (length < 0 || length > body.Length) throw Ends();
            (value, body) = (body[..length], body[length..]);
        }

        return body.IsEmpty ? values : throw Ends();
    }

    private static ReadOnlySpan<T> Cast<T>(ReadOnlySpan<byte> body, int count)
        where T : unmanaged
    {
        var values = MemoryMarshal.Cast<byte, T>(body);
        return values.Length == count && MemoryMarshal.AsBytes(values).Length == body.Length ? values : throw Ends();
    }

    private static FormatException Ends() => new("a page of it does not hold a value for each row");
}
