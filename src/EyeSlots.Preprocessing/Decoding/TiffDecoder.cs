using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Decodes the strips or tiles of a region by native/tiff.c.</summary>
internal static unsafe class TiffDecoder
{
    /// <summary>Decodes a region to BGR.</summary>
    /// <param name="file">A file that <see cref="TiffHeader"/> has read.</param>
    /// <param name="header">What it has read.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <returns>Null, or why the image cannot be used.</returns>
    public static Rejection? Decode(ReadOnlySpan<byte> file, in ImageHeader header, PixelRegion region, Span<byte> pixels)
    {
        if (TiffSums.Check(file, header, region) is { } why) return new(RejectCode.ImageUnreadable, $"the TIFF cannot be decoded: {why}");
        var message = stackalloc byte[PixelLibrary.MessageBytes];
        fixed (byte* data = file, target = pixels)
        {
            var status = PixelLibrary.DecodeTiff(
                data, (nuint)file.Length, header.Width, header.Height, header.Block.Width, header.Block.Height, region.X, region.Y, region.Width, region.Height,
                target, (nuint)pixels.Length, header.DecoderBytes, message, PixelLibrary.MessageBytes);
            return NativeStatus.Rejection("TIFF", status, message);
        }
    }
}
