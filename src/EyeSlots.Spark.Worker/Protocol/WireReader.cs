using System.Buffers.Binary;
using System.Text;

namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>
/// The primitives of Spark's control frames, big-endian. Every length is bounded, and memory grows with the bytes that came,
/// never with a length that was only claimed.
/// </summary>
internal sealed class WireReader(Stream stream)
{
    /// <summary>The largest text or blob, in bytes: session confs and commands are far below.</summary>
    internal const int LargestText = 16 << 20;

    /// <summary>The most entries of a list or map.</summary>
    internal const int MostEntries = 100_000;

    private const int Step = 64 << 10;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly byte[] number = new byte[8];

    /// <summary>Fills the whole span.</summary>
    /// <exception cref="ConnectionClosedException">The stream ends first.</exception>
    internal void ReadExactly(Span<byte> into, string item)
    {
        if (stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) < into.Length) throw Ended(item);
    }

    /// <summary>Null where the stream ends before the first byte of the number.</summary>
    /// <exception cref="ConnectionClosedException">The stream ends within the number.</exception>
    internal int? ReadInt32OrEnd(string item)
    {
        var count = stream.ReadAtLeast(number.AsSpan(0, 4), 4, throwOnEndOfStream: false);
        return count switch
        {
            0 => null,
            4 => BinaryPrimitives.ReadInt32BigEndian(number),
            _ => throw Ended(item),
        };
    }

    internal int ReadInt32(string item) => ReadInt32OrEnd(item) ?? throw Ended(item);

    internal long ReadInt64(string item)
    {
        ReadExactly(number, item);
        return BinaryPrimitives.ReadInt64BigEndian(number);
    }

    internal bool ReadBoolean(string item)
    {
        ReadExactly(number.AsSpan(0, 1), item);
        return number[0] <= 1 ? number[0] == 1 : throw new WireFormatException($"{item} is {number[0]}, which is no boolean.");
    }

    /// <summary>A count of entries, 0 to <see cref="MostEntries"/>.</summary>
    internal int ReadCount(string item) => Bounded(ReadInt32(item), MostEntries, item);

    internal string ReadText(string item)
    {
        try
        {
            return StrictUtf8.GetString(ReadBlob(item));
        }
        catch (DecoderFallbackException broken)
        {
            throw new WireFormatException($"{item} is not UTF-8.", broken);
        }
    }

    /// <summary>A length and that many bytes.</summary>
    internal byte[] ReadBlob(string item, int largest = LargestText) => ReadBytes(Bounded(ReadInt32(item), largest, item), item);

    internal Dictionary<string, string> ReadMap(string item)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var left = ReadCount(item); left > 0; left--)
        {
            var key = ReadText(item);
            map[key] = ReadText(item);
        }

        return map;
    }

    /// <summary>Puts the next bytes behind the filled part of a buffer, which grows at most to twice of what came.</summary>
    internal void Append(ref byte[] buffer, int filled, int count, string item)
    {
        while (count > 0)
        {
            if (filled == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min((long)filled + count, Math.Max(Step, 2L * filled)));
            var taken = Math.Min(count, buffer.Length - filled);
            ReadExactly(buffer.AsSpan(filled, taken), item);
            filled += taken;
            count -= taken;
        }
    }

    private byte[] ReadBytes(int length, string item)
    {
        byte[] bytes = [];
        Append(ref bytes, 0, length, item);
        return bytes;
    }

    private static int Bounded(int value, int largest, string item) => value >= 0 && value <= largest
        ? value
        : throw new WireFormatException($"{item} has the length {value}; 0 to {largest} is allowed.");

    private static ConnectionClosedException Ended(string item) => new($"The stream ends within {item}.");
}
