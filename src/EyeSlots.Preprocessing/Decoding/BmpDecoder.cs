using System.Buffers.Binary;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Decodes the rows of a region of a BMP. Our own, since OpenCV wraps the bytes that fill up rows of run lengths into the next row,
/// makes 248 of the white of 16 bits, and Pillow reads other colours where an index lies beyond the palette; here that is damage.
/// </summary>
internal static class BmpDecoder
{
    /// <summary>Decodes a region to BGR.</summary>
    /// <param name="file">A file that <see cref="BmpHeader"/> has read.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <returns>Null, or why the image cannot be used.</returns>
    public static Rejection? Decode(ReadOnlySpan<byte> file, PixelRegion region, Span<byte> pixels)
    {
        if (BmpHeader.Read(file, out BmpLayout layout) is { } why) return Refuse(why);
        var stride = 3 * region.Width;
        if (layout.Packing != BmpPacking.Rows) return DecodeRuns(file, layout, region, pixels);
        for (var row = 0; row < region.Height; row++)
        {
            var y = region.Y + row;
            var stored = file[(int)(layout.PixelsAt + (layout.Stride * (layout.IsTopDown ? y : layout.Height - 1 - y)))..][..(int)layout.RowBytes];
            if (!Convert(file, layout, stored, region.X, pixels.Slice(stride * row, stride))) return Refuse("a pixel has a colour that its palette lacks");
        }

        return null;
    }

    private static Rejection? DecodeRuns(ReadOnlySpan<byte> file, in BmpLayout layout, PixelRegion region, Span<byte> pixels)
    {
        var (stride, indices) = (3 * region.Width, new byte[layout.Width]);
        var runs = new BmpRuns(file[layout.PixelsAt..], layout.Packing);
        var bytes = layout with { Bits = 8 };
        for (var y = layout.Height - 1; y >= region.Y; y--)
        {
            if (runs.ReadRow(indices, isLast: y == 0) is { } why) return Refuse(why);
            if (y >= region.Y + region.Height) continue;
            if (!Convert(file, bytes, indices, region.X, pixels.Slice(stride * (y - region.Y), stride))) return Refuse("a pixel has a colour that its palette lacks");
        }

        return null;
    }

    private static bool Convert(ReadOnlySpan<byte> file, in BmpLayout layout, ReadOnlySpan<byte> stored, int x, Span<byte> bgr)
    {
        switch (layout.Bits)
        {
            case 24:
                stored.Slice(3 * x, bgr.Length).CopyTo(bgr);
                return true;
            case 16 or 32:
                ConvertChannels(layout, stored, x, bgr);
                return true;
            default:
                return ConvertIndices(file[layout.PaletteAt..], layout, stored, x, bgr);
        }
    }

    private static void ConvertChannels(in BmpLayout layout, ReadOnlySpan<byte> stored, int x, Span<byte> bgr)
    {
        var (blue, green, red) = layout.Channels;
        for (var at = 0; at < bgr.Length; at += 3, x++)
        {
            var pixel = layout.Bits == 16 ? BinaryPrimitives.ReadUInt16LittleEndian(stored[(2 * x)..]) : BinaryPrimitives.ReadUInt32LittleEndian(stored[(4 * x)..]);
            (bgr[at], bgr[at + 1], bgr[at + 2]) = (blue.Of(pixel), green.Of(pixel), red.Of(pixel));
        }
    }

    private static bool ConvertIndices(ReadOnlySpan<byte> palette, in BmpLayout layout, ReadOnlySpan<byte> stored, int x, Span<byte> bgr)
    {
        var (bits, most) = (layout.Bits, (1 << layout.Bits) - 1);
        for (var at = 0; at < bgr.Length; at += 3, x++)
        {
            var first = x * (long)bits;
            var index = stored[(int)(first / 8)] >> (8 - bits - (int)(first % 8)) & most;
            if (index >= layout.PaletteColours) return false;
            palette.Slice(index * layout.PaletteEntryBytes, 3).CopyTo(bgr[at..]);
        }

        return true;
    }

    private static Rejection Refuse(string why) => new(RejectCode.ImageUnreadable, $"the BMP cannot be decoded: {why}");
}
