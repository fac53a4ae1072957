using System.Runtime.InteropServices;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Decodes the image of a WebP by libwebp, which is given the bare VP8 or VP8L stream: alpha, animation and metadata never reach it.
/// The whole frame is decoded, and only its region kept.
/// </summary>
internal static unsafe partial class WebPDecoder
{
    /// <summary>Decodes a region to BGR.</summary>
    /// <param name="file">A file that <see cref="WebPHeader"/> has read.</param>
    /// <param name="header">What it has read.</param>
    /// <param name="region">A part of the image.</param>
    /// <param name="pixels">Room for width × height × 3 bytes, at its start.</param>
    /// <returns>Null, or why the image cannot be used.</returns>
    public static Rejection? Decode(ReadOnlySpan<byte> file, in ImageHeader header, PixelRegion region, Span<byte> pixels)
    {
        var stream = file[header.Stream];
        using var frame = new NativeBuffer();
        var whole = frame.Reserve(3L * header.Width * header.Height);
        var stride = 3 * header.Width;
        fixed (byte* data = stream, target = whole)
        {
            if (DecodeInto(data, (nuint)stream.Length, target, (nuint)whole.Length, stride) == null)
            {
                return new(RejectCode.ImageUnreadable, "the WEBP cannot be decoded: its stream is damaged or ends early");
            }
        }

        for (var row = 0; row < region.Height; row++)
        {
            whole.Slice((stride * (region.Y + row)) + (3 * region.X), 3 * region.Width).CopyTo(pixels[(3 * region.Width * row)..]);
        }

        return null;
    }

    [LibraryImport("OpenCvSharpExtern", EntryPoint = "WebPDecodeBGRInto")]
    private static partial byte* DecodeInto(byte* data, nuint length, byte* pixels, nuint pixelsLength, int stride);
}
