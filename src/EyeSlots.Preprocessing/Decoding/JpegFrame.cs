using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>The frame header of a JPEG (ITU-T T.81, B.2.2): size, components, and how they are coded.</summary>
internal readonly record struct JpegFrame(int Width, int Height, int Components, bool IsProgressive, long CoefficientBytes)
{
    /// <summary>libjpeg's limit.</summary>
    private const int LongestSide = 65_500;

    private const int FixedBytes = 6, ComponentBytes = 3;

    /// <summary>Whether a marker begins a frame, of whatever kind.</summary>
    public static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Reads the header.</summary>
    /// <param name="marker">One for which <see cref="IsFrame"/> holds.</param>
    /// <param name="body">The segment's.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Null, or why it is not decoded.</returns>
    public static string? Read(byte marker, ReadOnlySpan<byte> body, out JpegFrame frame)
    {
        frame = default;
        if (RefusedKind(marker) is { } kind) return $"it is {kind} JPEG, which is not decoded";
        if (body.Length < FixedBytes || body.Length != FixedBytes + (ComponentBytes * body[5])) return "its frame header has a wrong length";
        var (height, width, components) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]), body[5]);
        if (body[0] != 8) return $"it has {body[0]} bits a sample, and only 8 are decoded";
        if (components is not (1 or 3 or 4)) return $"it has {components} colour components";
        if (height == 0) return "its height is 0, or stands behind its pixels, which is not decoded";
        if (width == 0) return "its width is 0";
        if (Math.Max(width, height) > LongestSide) return $"a side is longer than {LongestSide} pixels";
        frame = new(width, height, components, marker is 0xC2 or 0xCA, BytesOf(body[FixedBytes..], width, height));
        return frame.CoefficientBytes == 0 ? "a component has no sampling factor of 1 to 4" : null;
    }

    private static string? RefusedKind(byte marker) => marker switch
    {
        0xC3 or 0xCB => "lossless",
        0xC5 or 0xC6 or 0xC7 or 0xCD or 0xCE or 0xCF => "hierarchical",
        _ => null,
    };

    // Each component holds 8 x 8 blocks of 16-bit coefficients, in whole MCUs.
    private static long BytesOf(ReadOnlySpan<byte> components, int width, int height)
    {
        var (mostX, mostY) = (1, 1);
        for (var i = 1; i < components.Length; i += ComponentBytes)
        {
            var (x, y) = (components[i] >> 4, components[i] & 15);
            if (x is 0 or > 4 || y is 0 or > 4) return 0;
            (mostX, mostY) = (Math.Max(mostX, x), Math.Max(mostY, y));
        }

        long bytes = 0;
        var (across, down) = (Blocks(width, 8 * mostX), Blocks(height, 8 * mostY));
        for (var i = 1; i < components.Length; i += ComponentBytes) bytes += across * down * (components[i] >> 4) * (components[i] & 15) * 128;
        return bytes;
    }

    private static long Blocks(int size, int block) => (size + block - 1) / block;
}
