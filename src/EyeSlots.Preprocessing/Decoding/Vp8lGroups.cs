namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Counts the groups of codes that a VP8L stream asks for (RFC 9649, 3.7.2.2): libwebp holds tables of some 20 KB for each, and a few bytes
/// can ask for 65,536. To find the image that names them, those of the transforms before it are decoded; all are small.
/// </summary>
internal static class Vp8lGroups
{
    private const int HeaderBytes = 5;

    /// <summary>More than images of 100 million pixels have.</summary>
    private const int MostBlocks = 8_000_000;

    private const int Predictor = 0, CrossColour = 1, Indexing = 3;
    private const int LengthCodes = 24, DistanceCodes = 40, Literals = 256;

    /// <summary>Counts them.</summary>
    /// <param name="stream">The whole stream, with its header.</param>
    /// <param name="width">Pixels, from the header.</param>
    /// <param name="height">Pixels, from the header.</param>
    /// <returns>At least 1; 0 where the stream is broken.</returns>
    public static int Count(ReadOnlySpan<byte> stream, int width, int height)
    {
        var bits = new Vp8lBits(stream[HeaderBytes..]);
        for (var seen = 0; bits.Read(1) == 1;)
        {
            var kind = (int)bits.Read(2);
            if ((seen >> kind & 1) == 1) return 0;
            seen |= 1 << kind;
            if (kind is Predictor or CrossColour && ReadBlocks(ref bits, width, height) is null) return 0;
            if (kind == Indexing && !ReadPalette(ref bits, ref width)) return 0;
        }

        if (bits.Read(1) == 1 && bits.Read(4) is 0 or > 11) return 0;
        if (bits.Read(1) == 0) return bits.IsSpent ? 0 : 1;
        var names = ReadBlocks(ref bits, width, height);
        return names is null ? 0 : 1 + (int)names.Max(pixel => pixel >> 8 & 0xFFFF);
    }

    // An image of one pixel for each block of 4 x 4 to 512 x 512 pixels.
    private static uint[]? ReadBlocks(ref Vp8lBits bits, int width, int height)
    {
        var size = 2 + (int)bits.Read(3);
        var (across, down) = (Blocks(width, size), Blocks(height, size));
        return (long)across * down > MostBlocks ? null : ReadImage(ref bits, across, down);
    }

    // Few colours are packed, several pixels into one.
    private static bool ReadPalette(ref Vp8lBits bits, ref int width)
    {
        var colours = 1 + (int)bits.Read(8);
        var packing = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
        width = Blocks(width, packing);
        return ReadImage(ref bits, colours, 1) is not null;
    }

    private static uint[]? ReadImage(ref Vp8lBits bits, int width, int height)
    {
        var cacheBits = bits.Read(1) == 1 ? (int)bits.Read(4) : 0;
        if (cacheBits > 11) return null;
        var cache = new uint[cacheBits > 0 ? 1 << cacheBits : 0];
        if (ReadCodes(ref bits, cache.Length) is not { } codes) return null;
        var pixels = new uint[width * height];
        for (var at = 0; at < pixels.Length && !bits.IsSpent;)
        {
            var symbol = codes[0].Next(ref bits);
            var length = symbol is >= Literals and < Literals + LengthCodes ? Number(ref bits, symbol - Literals) : 1;
            if (symbol < Literals) pixels[at] = Literal(ref bits, codes, symbol);
            else if (symbol >= Literals + LengthCodes) pixels[at] = cache[symbol - Literals - LengthCodes];
            else if (!Copy(ref bits, codes[4], pixels.AsSpan(), at, width, ref length)) return null;
            for (var end = at + length; at < end; at++) Remember(cache, cacheBits, pixels[at]);
        }

        return bits.IsSpent ? null : pixels;
    }

    // Of green with lengths and colours of the cache, of red, blue, alpha and distances.
    private static Vp8lCode[]? ReadCodes(ref Vp8lBits bits, int cached)
    {
        var codes = new Vp8lCode[5];
        for (var i = 0; i < codes.Length; i++)
        {
            var alphabet = i == 0 ? Literals + LengthCodes + cached : i == 4 ? DistanceCodes : Literals;
            if (Vp8lCode.Read(ref bits, alphabet) is not { } code) return null;
            codes[i] = code;
        }

        return codes;
    }

    private static uint Literal(ref Vp8lBits bits, Vp8lCode[] codes, int green)
    {
        var red = (uint)codes[1].Next(ref bits);
        var blue = (uint)codes[2].Next(ref bits);
        return ((uint)codes[3].Next(ref bits) << 24) | (red << 16) | ((uint)green << 8) | blue;
    }

    private static bool Copy(ref Vp8lBits bits, Vp8lCode code, Span<uint> pixels, int at, int width, ref int length)
    {
        var distance = Vp8lDistances.Of(Number(ref bits, code.Next(ref bits)), width);
        if (distance > at || length > pixels.Length - at) return false;
        for (var i = at; i < at + length; i++) pixels[i] = pixels[i - distance];
        return true;
    }

    // Lengths and distances: a prefix and further bits.
    private static int Number(ref Vp8lBits bits, int prefix)
    {
        if (prefix < 4) return prefix + 1;
        var more = (prefix - 2) >> 1;
        return ((2 + (prefix & 1)) << more) + (int)bits.Read(more) + 1;
    }

    private static void Remember(uint[] cache, int cacheBits, uint pixel)
    {
        const uint Multiplier = 0x1E35A7BD;
        if (cacheBits > 0) cache[unchecked(Multiplier * pixel) >> (32 - cacheBits)] = pixel;
    }

    private static int Blocks(int size, int bits) => (size + (1 << bits) - 1) >> bits;
}
