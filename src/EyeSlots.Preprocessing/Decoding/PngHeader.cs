using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// PNG (ISO/IEC 15948): walks all chunks to IEND. Those that are not needed for the stored pixels (text, profiles, animation) must only
/// lie within the file; native/png.c passes over them.
/// </summary>
internal static class PngHeader
{
    private const int SignatureBytes = 8;
    private const int FrameBytes = 12; // length, name, sum
    private const int NameAt = 4;
    private const int BodyAt = 8;
    private const int HeaderBytes = 13;
    private const int MostPaletteBytes = 3 * 256;
    private const byte PaletteColour = 3;

    /// <summary>libpng widens a row to at most 16 bits of four channels, and holds two.</summary>
    private const long MostRowBytesAPixel = 2 * 8;
    private const long InflateBytes = 128 << 10;

    public static string? Read(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        var walk = new ChunkWalk();
        for (var rest = file[SignatureBytes..]; !walk.IsDone;)
        {
            if (rest.Length < FrameBytes) return "it ends before its last chunk";
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - FrameBytes) return "a chunk is longer than the file";
            var name = rest.Slice(NameAt, 4);
            if (walk.Add(name, rest.Slice(BodyAt, (int)length), ref header) is { } why) return why;
            rest = rest[((int)length + FrameBytes)..];
        }

        return null;
    }

    private static string? ReadHeader(ReadOnlySpan<byte> body, ref ImageHeader header, out bool needsPalette)
    {
        needsPalette = false;
        if (body.Length != HeaderBytes) return "its header has another length";
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
        var (depth, colour, interlace) = (body[8], body[9], body[12]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue) return "its size is none";
        if (!IsAllowed(depth, colour)) return $"colour type {colour} has no {depth} bits";
        if (body[10] != 0 || body[11] != 0 || interlace > 1) return "its compression, filter or interlacing is unknown";
        needsPalette = colour == PaletteColour;
        header = new(ImageFormat.Png, (int)width, (int)height)
        {
            DecoderBytes = (MostRowBytesAPixel * (width + 8L)) + InflateBytes,
            DecoderBytesPerRow = interlace == 1 ? 3L * width : 0,
        };
        return null;
    }

    private static bool IsAllowed(byte depth, byte colour) => colour switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        PaletteColour => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };

    /// <summary>The order of chunks: IHDR, PLTE where colours need it, all IDAT in a row, IEND.</summary>
    private ref struct ChunkWalk
    {
        private bool hasHeader;
        private bool needsPalette;
        private bool hasPalette;
        private bool hasPixels;
        private bool pixelsEnded;

        /// <summary>Whether IEND was seen: what lies behind it belongs to nobody.</summary>
        public bool IsDone { get; private set; }

        public string? Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> body, ref ImageHeader header)
        {
            if (!hasHeader)
            {
                hasHeader = true;
                return name.SequenceEqual("IHDR"u8) ? ReadHeader(body, ref header, out needsPalette) : "its first chunk is no header";
            }

            if (name.SequenceEqual("IDAT"u8)) return AddPixels();
            pixelsEnded = hasPixels;
            if (name.SequenceEqual("PLTE"u8)) return AddPalette(body);
            if (name.SequenceEqual("IEND"u8)) return End();
            var isNeeded = (name[0] & 0x20) == 0;
            return isNeeded ? "it has a chunk that nobody knows and that must be understood" : null;
        }

        private string? AddPixels()
        {
            if (pixelsEnded) return "its pixels are apart";
            if (needsPalette && !hasPalette) return "it has no palette";
            hasPixels = true;
            return null;
        }

        private string? AddPalette(ReadOnlySpan<byte> body)
        {
            if (hasPalette || hasPixels) return "its palette is not where it belongs";
            hasPalette = true;
            return body.Length % 3 != 0 || body.Length is 0 or > MostPaletteBytes ? "its palette has another length" : null;
        }

        private string? End()
        {
            IsDone = true;
            return hasPixels ? null : "it has no pixels";
        }
    }
}
