using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>Decodes the <c>slot</c> column: for verification, duplicates and contact sheets.</summary>
public static unsafe class SlotDecoder
{
    /// <summary>Decodes a crop to BGR bytes, row by row.</summary>
    /// <param name="slot">The column's bytes.</param>
    /// <param name="format">The dataset's format.</param>
    /// <param name="width">Pixels that the shard states.</param>
    /// <param name="height">Pixels that the shard states.</param>
    /// <returns>Null when the bytes are damaged or of another size.</returns>
    public static byte[]? ToBgr(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height) =>
        format == SlotFormat.Raw ? FromRgb(slot, width, height) : Decode(slot, width, height);

    private static byte[]? FromRgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (rgb.Length != 3L * width * height) return null;
        var bgr = rgb.ToArray();
        for (var at = 0; at < bgr.Length; at += 3) (bgr[at], bgr[at + 2]) = (bgr[at + 2], bgr[at]);
        return bgr;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> slot, int width, int height)
    {
        if (!HeaderReader.TryRead(slot, out var header, out _) || header.Width != width || header.Height != height) return null;
        if (RegionDecoder.CanDecode(header))
        {
            var pixels = new byte[3 * width * height];
            fixed (byte* target = pixels)
            {
                return RegionDecoder.Decode(slot, new PixelRegion(0, 0, width, height), target, 0) is null ? pixels : null;
            }
        }

        using var image = OpenCvDecoder.Decode(slot, header, out _);
        return image is null ? null : new ReadOnlySpan<byte>((void*)image.Data, 3 * width * height).ToArray();
    }
}
