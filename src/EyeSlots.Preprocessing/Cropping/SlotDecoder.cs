using System.Collections.Concurrent;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>
/// Decodes the <c>slot</c> column: for verification, duplicates and contact sheets. Rows are untrusted: sizes and bytes may say
/// anything. Safe to call from several threads; each call under way holds one native decoder, which its owner frees with this.
/// </summary>
public sealed class SlotDecoder : IDisposable
{
    /// <summary>More than any encoding of a crop lays into a byte, a single colour included, so no few bytes ask for much memory.</summary>
    private const long MostPixelsOfAByte = 1024;

    /// <summary>More than any crop has, and the most that the native part takes.</summary>
    private const int LongestSide = 65_535;

    private readonly ConcurrentBag<RegionDecoder> idle = [];

    /// <summary>Decodes a crop to BGR bytes, row by row.</summary>
    /// <param name="slot">The column's bytes.</param>
    /// <param name="format">The dataset's format.</param>
    /// <param name="width">Pixels that the shard states.</param>
    /// <param name="height">Pixels that the shard states.</param>
    /// <returns>Null when the bytes are damaged, of another size or format, or of more pixels than any crop has.</returns>
    public byte[]? ToBgr(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height)
    {
        if (!IsBelievable(slot, width, height)) return null;
        var pixels = new byte[PixelView.BytesOf(width, height)];
        return Decode(slot, format, width, height, pixels) ? pixels : null;
    }

    /// <summary>The same into memory that the caller keeps.</summary>
    /// <param name="slot">The column's bytes.</param>
    /// <param name="format">The dataset's format.</param>
    /// <param name="width">Pixels that the shard states.</param>
    /// <param name="height">Pixels that the shard states.</param>
    /// <param name="pixels">Receives width × height × 3 bytes.</param>
    /// <returns>False where <see cref="ToBgr"/> gives null; the pixels are not defined then.</returns>
    public bool TryDecode(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height, ByteBuffer pixels)
    {
        if (!IsBelievable(slot, width, height)) return false;
        pixels.Reset((int)PixelView.BytesOf(width, height));
        return Decode(slot, format, width, height, pixels.Span);
    }

    /// <summary>Frees the native decoders.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var decoder)) decoder.Dispose();
    }

    private static bool IsBelievable(ReadOnlySpan<byte> slot, int width, int height) =>
        width is > 0 and <= LongestSide && height is > 0 and <= LongestSide && (long)width * height <= Math.Min(SlotCropper.LargestCrop, slot.Length * MostPixelsOfAByte);

    private bool Decode(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height, Span<byte> pixels)
    {
        if (format == SlotFormat.Raw) return FromRgb(slot, pixels);
        if (!HeaderReader.TryRead(slot, out var header, out _) || header.Width != width || header.Height != height) return false;
        return format == SlotFormat.Jpeg ? FromJpeg(slot, header, pixels) : FromPng(slot, header, pixels);
    }

    private static bool FromRgb(ReadOnlySpan<byte> rgb, Span<byte> bgr)
    {
        if (rgb.Length != bgr.Length) return false;
        rgb.CopyTo(bgr);
        for (var at = 0; at < bgr.Length; at += 3) (bgr[at], bgr[at + 2]) = (bgr[at + 2], bgr[at]);
        return true;
    }

    // Ours have one scan and three components, so what may be held for coefficients does not matter.
    private bool FromJpeg(ReadOnlySpan<byte> slot, in ImageHeader header, Span<byte> pixels)
    {
        if (header is not { Format: ImageFormat.Jpeg, Components: 3, HasSeveralScans: false }) return false;
        var decoder = idle.TryTake(out var taken) ? taken : new RegionDecoder();
        try
        {
            return decoder.Decode(slot, new PixelRegion(0, 0, header.Width, header.Height), pixels, memory: 1) is null;
        }
        finally
        {
            idle.Add(decoder);
        }
    }

    private static bool FromPng(ReadOnlySpan<byte> slot, in ImageHeader header, Span<byte> pixels) =>
        header.Format == ImageFormat.Png && PngDecoder.Decode(slot, header, new PixelRegion(0, 0, header.Width, header.Height), pixels) is null;
}
