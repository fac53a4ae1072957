using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Decodes regions of images to BGR: 16 bits a channel are scaled to 8, alpha is dropped, palettes and gray are expanded, and
/// orientation is ignored. OpenCV itself sees no file. Its owner disposes it. Not thread-safe.
/// </summary>
internal sealed class ImageDecoder : IDisposable
{
    private readonly RegionDecoder jpeg = new();

    /// <summary>Decodes a region.</summary>
    /// <param name="file">The whole file, whose header has been read; or a start with it where <see cref="ImageHeader.IsReadFromTop"/>.</param>
    /// <param name="size">Bytes of the whole file.</param>
    /// <param name="header">What it says.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <param name="memory">Most bytes for a JPEG's coefficients; <see cref="DecodeCost"/> has bounded what the other formats hold.</param>
    /// <param name="needed">As in <see cref="RegionDecoder"/>.</param>
    public DecodeResult Decode(
        ReadOnlySpan<byte> file, long size, in ImageHeader header, PixelRegion region, Span<byte> pixels, long memory, ReadOnlySpan<double> needed = default) =>
        header.Format == ImageFormat.Jpeg
            ? jpeg.Decode(file, size, region, pixels, memory, needed)
            : new(DecodeOther(file, header, region, pixels));

    /// <summary>Frees what it keeps from image to image.</summary>
    public void Dispose() => jpeg.Dispose();

    private static Rejection? DecodeOther(ReadOnlySpan<byte> file, in ImageHeader header, PixelRegion region, Span<byte> pixels) => header.Format switch
    {
        ImageFormat.Png => PngDecoder.Decode(file, header, region, pixels),
        ImageFormat.Bmp => BmpDecoder.Decode(file, region, pixels),
        ImageFormat.Tiff => TiffDecoder.Decode(file, header, region, pixels),
        _ => WebPDecoder.Decode(file, header, region, pixels),
    };
}
