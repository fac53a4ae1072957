using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>WebP (RFC 9649): walks the chunks of lossy (VP8), lossless (VP8L) and extended (VP8X) files, and finds the stream of pixels.</summary>
internal static class WebPHeader
{
    private const int RiffBytes = 12;
    private const int ChunkBytes = 8;
    private const int CanvasBytes = 10;
    private const int AnimationFlag = 2;

    public static string? Read(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        var end = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L;
        if (end > file.Length) return "it ends before its last chunk";
        (int Width, int Height)? canvas = null;
        for (var at = RiffBytes; at + ChunkBytes <= end;)
        {
            var name = file.Slice(at, 4);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            if (at + ChunkBytes + (long)length > end) return "a chunk is longer than the file";
            var body = new Range(at + ChunkBytes, at + ChunkBytes + (int)length);
            if (name.SequenceEqual("ANIM"u8) || name.SequenceEqual("ANMF"u8)) return "animations are not read";
            if (name.SequenceEqual("VP8X"u8) && ReadCanvas(file[body], at, ref canvas) is { } why) return why;
            if (name.SequenceEqual("VP8 "u8) || name.SequenceEqual("VP8L"u8))
            {
                if (header.Width > 0) return "it has two images";
                header = name[3] == (byte)'L' ? Lossless(file[body]) : Lossy(file[body]);
                if (header.Width == 0) return "its stream is broken";
                header = header with { Stream = body };
            }

            at += ChunkBytes + (int)length + (int)(length & 1);
        }

        return header.Width == 0 ? "it has no image" : canvas is { } size && size != (header.Width, header.Height) ? "its image has another size than its canvas" : null;
    }

    private static string? ReadCanvas(ReadOnlySpan<byte> body, int at, ref (int Width, int Height)? canvas)
    {
        if (at != RiffBytes || body.Length < CanvasBytes) return "its extended header is not where it belongs";
        if ((body[0] & AnimationFlag) != 0) return "animations are not read";
        canvas = (1 + UInt24(body[4..]), 1 + UInt24(body[7..]));
        return null;
    }

    private static ImageHeader Lossy(ReadOnlySpan<byte> stream)
    {
        const long FixedBytes = 1 << 20, RowBytesAPixel = 256; // tables; a row of macroblocks and what its neighbours need
        if (stream.Length < 10 || !stream[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])) return default;
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(stream[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(stream[8..]) & 0x3FFF);
        if (width == 0 || height == 0) return default;
        return new(ImageFormat.WebP, width, height) { DecoderBytes = (3L * width * height) + (RowBytesAPixel * width) + FixedBytes };
    }

    private static ImageHeader Lossless(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < 5 || stream[0] != 0x2F) return default;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(stream[1..]);
        var (width, height) = ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        var groups = Vp8lGroups.Count(stream, width, height);
        return groups == 0 ? default : new(ImageFormat.WebP, width, height) { DecoderBytes = LosslessBytes(groups, (long)width * height) };
    }

    // The frame as BGR and as ARGB, the small images before it, and the tables of codes.
    private static long LosslessBytes(int groups, long pixels)
    {
        const long FixedBytes = 2 << 20, GroupBytes = 21 << 10;
        return (9 * pixels) + (groups * GroupBytes) + FixedBytes;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
