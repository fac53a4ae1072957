using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>Decodes the <c>slot</c> column: for verification, duplicates and contact sheets.</summary>
public static unsafe class SlotDecoder
{
    /// <summary>Bytes for coefficients, should a shard hold a JPEG of several scans.</summary>
    private const long MostMemory = 512L << 20;

    /// <summary>Decodes a crop to BGR bytes, row by row.</summary>
    /// <param name="slot">The column's bytes.</param>
    /// <param name="format">The dataset's format.</param>
    /// <param name="width">Pixels that the shard states.</param>
    /// <param name="height">Pixels that the shard states.</param>
    /// <returns>Null when the bytes are damaged, of another size or format, or of more pixels than any crop has.</returns>
    public static byte[]? ToBgr(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height)
    {
        if (width < 1 || height < 1 || (long)width * height > SlotCropper.LargestCrop) return null;
        return format == SlotFormat.Raw ? FromRgb(slot, width, height) : Decode(slot, format, width, height);
    }

    private static byte[]? FromRgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (rgb.Length != PixelView.BytesOf(width, height)) return null;
        var bgr = rgb.ToArray();
        for (var at = 0; at < bgr.Length; at += 3) (bgr[at], bgr[at + 2]) = (bgr[at + 2], bgr[at]);
        return bgr;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height)
    {
        if (!HeaderReader.TryRead(slot, out var header, out _) || header.Width != width || header.Height != height) return null;
        if (header.Format != (format == SlotFormat.Jpeg ? ImageFormat.Jpeg : ImageFormat.Png)) return null;
        var pixels = new byte[PixelView.BytesOf(width, height)];
        if (RegionDecoder.CanDecode(header)) return RegionDecoder.Decode(slot, new PixelRegion(0, 0, width, height), pixels, MostMemory) is null ? pixels : null;
        using var image = OpenCvDecoder.Decode(slot, header, out _);
        if (image is null) return null;
        var view = new PixelView(pixels, new(width, height));
        for (var row = 0; row < height; row++) new ReadOnlySpan<byte>((void*)image.Ptr(row), PixelView.Channels * width).CopyTo(view.Row(row));
        return pixels;
    }
}
