using System.Collections.Concurrent;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
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

    private readonly ConcurrentBag<RegionDecoder> idle = [];

    /// <summary>Decodes a crop to BGR bytes, row by row.</summary>
    /// <param name="slot">The column's bytes.</param>
    /// <param name="format">The dataset's format.</param>
    /// <param name="width">Pixels that the shard states.</param>
    /// <param name="height">Pixels that the shard states.</param>
    /// <returns>Null when the bytes are damaged, of another size or format, or of more pixels than any crop has.</returns>
    public byte[]? ToBgr(ReadOnlySpan<byte> slot, SlotFormat format, int width, int height)
    {
        if (width < 1 || height < 1 || (long)width * height > Math.Min(SlotCropper.LargestCrop, slot.Length * MostPixelsOfAByte)) return null;
        if (format == SlotFormat.Raw) return FromRgb(slot, width, height);
        if (!HeaderReader.TryRead(slot, out var header, out _) || header.Width != width || header.Height != height) return null;
        return format == SlotFormat.Jpeg ? FromJpeg(slot, header) : FromPng(slot, header);
    }

    /// <summary>Frees the native decoders.</summary>
    public void Dispose()
    {
        while (idle.TryTake(out var decoder)) decoder.Dispose();
    }

    private static byte[]? FromRgb(ReadOnlySpan<byte> rgb, int width, int height)
    {
        if (rgb.Length != PixelView.BytesOf(width, height)) return null;
        var bgr = rgb.ToArray();
        for (var at = 0; at < bgr.Length; at += 3) (bgr[at], bgr[at + 2]) = (bgr[at + 2], bgr[at]);
        return bgr;
    }

    // Ours have one scan and three components, so what may be held for coefficients does not matter.
    private byte[]? FromJpeg(ReadOnlySpan<byte> slot, in ImageHeader header)
    {
        if (header is not { Format: ImageFormat.Jpeg, Components: 3, HasSeveralScans: false }) return null;
        var pixels = new byte[PixelView.BytesOf(header.Width, header.Height)];
        var decoder = idle.TryTake(out var taken) ? taken : new RegionDecoder();
        try
        {
            return decoder.Decode(slot, new PixelRegion(0, 0, header.Width, header.Height), pixels, memory: 1) is null ? pixels : null;
        }
        finally
        {
            idle.Add(decoder);
        }
    }

    private static byte[]? FromPng(ReadOnlySpan<byte> slot, in ImageHeader header)
    {
        if (header.Format != ImageFormat.Png) return null;
        var pixels = new byte[PixelView.BytesOf(header.Width, header.Height)];
        return PngDecoder.Decode(slot, header, new PixelRegion(0, 0, header.Width, header.Height), pixels) is null ? pixels : null;
    }
}
