using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>JPEG (ITU-T T.81, annex B): walks the markers to the frame header.</summary>
internal static class JpegHeader
{
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF)
            {
                at++; // bytes between segments are skipped, as libjpeg does
                continue;
            }

            var marker = file[at + 1];
            if (marker is 0xFF or 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            if (marker is 0xD9 or 0xDA) return false; // end or pixels before a frame header
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2) return false;
            if (IsFrame(marker)) return TryReadFrame(file[(at + 4)..], marker, out header);
            at += 2 + length;
        }

        return false;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool TryReadFrame(ReadOnlySpan<byte> frame, byte marker, out ImageHeader header)
    {
        header = default;
        if (frame.Length < 6) return false;
        var (height, width, components) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), frame[5]);
        if (components is 0 or > 4 || frame.Length < 6 + (3 * components)) return false;
        header = new(ImageFormat.Jpeg, width, height)
        {
            Components = components,
            IsProgressive = marker is 0xC2 or 0xC6 or 0xCA or 0xCE,
            CoefficientBytes = CoefficientBytes(frame.Slice(6, 3 * components), width, height),
        };
        return header.CoefficientBytes > 0;
    }

    // Each component holds 8 x 8 blocks of 16-bit coefficients, in whole MCUs.
    private static long CoefficientBytes(ReadOnlySpan<byte> components, int width, int height)
    {
        var (mostX, mostY) = (1, 1);
        for (var i = 1; i < components.Length; i += 3)
        {
            var (x, y) = (components[i] >> 4, components[i] & 15);
            if (x is 0 or > 4 || y is 0 or > 4) return 0;
            (mostX, mostY) = (Math.Max(mostX, x), Math.Max(mostY, y));
        }

        long bytes = 0;
        var (across, down) = (Blocks(width, 8 * mostX), Blocks(height, 8 * mostY));
        for (var i = 1; i < components.Length; i += 3) bytes += across * down * (components[i] >> 4) * (components[i] & 15) * 128;
        return bytes;
    }

    private static long Blocks(int size, int block) => (size + block - 1) / block;
}
