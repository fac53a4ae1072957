using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Decodes the stored image of a PNG by native/png.c.</summary>
internal static unsafe class PngDecoder
{
    /// <summary>Decodes a region to BGR.</summary>
    /// <param name="file">A file that <see cref="PngHeader"/> has read.</param>
    /// <param name="header">What it has read.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <returns>Null, or why the image cannot be used.</returns>
    public static Rejection? Decode(ReadOnlySpan<byte> file, in ImageHeader header, PixelRegion region, Span<byte> pixels)
    {
        var message = stackalloc byte[PixelLibrary.MessageBytes];
        fixed (byte* data = file, target = pixels)
        {
            var status = PixelLibrary.DecodePng(
                data, (nuint)file.Length, header.Width, header.Height, region.X, region.Y, region.Width, region.Height, target, (nuint)pixels.Length,
                message, PixelLibrary.MessageBytes);
            return NativeStatus.Rejection("PNG", status, message);
        }
    }
}
