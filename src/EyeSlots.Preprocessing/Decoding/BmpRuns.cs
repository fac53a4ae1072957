namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Run lengths of a BMP, row by row from below. Each pixel must be stored: jumps, and rows that end early, leave pixels that nobody
/// knows. Some encoders (ImageMagick) also store the pixels that fill a row up to 4 bytes; they are passed over.
/// </summary>
/// <param name="bytes">From the first run to the end of the file.</param>
/// <param name="packing">Runs of 4 or 8 bits.</param>
internal ref struct BmpRuns(ReadOnlySpan<byte> bytes, BmpPacking packing)
{
    private const byte EndOfRow = 0;
    private const byte EndOfImage = 1;
    private const byte Jump = 2;
    private const string Ends = "its run lengths end before its rows do";

    private readonly bool isFour = packing == BmpPacking.RunLengths4;
    private ReadOnlySpan<byte> rest = bytes;

    /// <summary>Reads the next row.</summary>
    /// <param name="indices">Receives an index for each pixel.</param>
    /// <param name="isLast">Whether the image may end behind it.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? ReadRow(Span<byte> indices, bool isLast)
    {
        var filled = (indices.Length + 3) / 4 * 4;
        for (var x = 0; ;)
        {
            if (rest.Length < 2) return Ends;
            var (count, value) = (rest[0], rest[1]);
            rest = rest[2..];
            if (count == 0 && value <= Jump) return Judge(value, isComplete: x >= indices.Length, isLast);
            var length = count == 0 ? value : count;
            if (x + length > filled) return "its run lengths are longer than its rows";
            if (count == 0 && rest.Length < LiteralBytes(length)) return Ends;
            Store(count == 0 ? rest : [value], count == 0, indices, x, length);
            if (count == 0) rest = rest[LiteralBytes(length)..];
            x += length;
        }
    }

    private static string? Judge(byte mark, bool isComplete, bool isLast)
    {
        var ends = mark == EndOfRow || (mark == EndOfImage && isLast);
        return ends && isComplete ? null : "its run lengths leave pixels out";
    }

    // Filled up to an even number.
    private readonly int LiteralBytes(int length) => ((isFour ? (length + 1) / 2 : length) + 1) / 2 * 2;

    private readonly void Store(ReadOnlySpan<byte> source, bool isLiteral, Span<byte> indices, int x, int length)
    {
        for (var i = 0; i < length && x + i < indices.Length; i++)
        {
            var value = source[!isLiteral ? 0 : isFour ? i / 2 : i];
            indices[x + i] = !isFour ? value : (byte)(i % 2 == 0 ? value >> 4 : value & 15);
        }
    }
}
