using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>WebP (RFC 9649): lossy (VP8), lossless (VP8L) and extended (VP8X) files.</summary>
internal static class WebPHeader
{
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        if (file.Length < 30) return false;
        var chunk = file[12..16];
        if (chunk.SequenceEqual("VP8 "u8)) header = Lossy(file[20..]);
        else if (chunk.SequenceEqual("VP8L"u8)) header = Lossless(file[20..]);
        else if (chunk.SequenceEqual("VP8X"u8)) header = new(ImageFormat.WebP, 1 + UInt24(file[24..]), 1 + UInt24(file[27..]));
        return header.Width > 0;
    }

    private static ImageHeader Lossy(ReadOnlySpan<byte> frame) =>
        frame[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? new(ImageFormat.WebP, BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF)
            : default;

    private static ImageHeader Lossless(ReadOnlySpan<byte> stream)
    {
        if (stream[0] != 0x2F) return default;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(stream[1..]);
        return new(ImageFormat.WebP, (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
