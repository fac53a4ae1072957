using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>A photograph decoded as a whole, to draw on, by the decoders that cut slots from it.</summary>
internal static unsafe class WholeImage
{
    private const long Memory = 1L << 30;

    private static long MostPixels => new JobParameters().MaxPixels;

    /// <summary>Decodes to BGR; the caller disposes it.</summary>
    /// <param name="photograph">The file's bytes.</param>
    /// <param name="why">Why there is none, or null.</param>
    public static Mat? Decode(ReadOnlySpan<byte> photograph, out string? why)
    {
        if (!HeaderReader.TryRead(photograph, out var header, out why)) return null;
        var whole = new PixelRegion(0, 0, header.Width, header.Height);
        if (header.Pixels > MostPixels || DecodeCost.Of(header, whole, default).Bytes > Memory)
        {
            why = $"{header.Width} x {header.Height} pixels are too many to draw on";
            return null;
        }

        using var decoder = new ImageDecoder();
        var image = new Mat(header.Height, header.Width, MatType.CV_8UC3);
        var pixels = new Span<byte>((void*)image.Data, checked((int)(image.Step() * image.Rows)));
        why = decoder.Decode(photograph, photograph.Length, header, whole, pixels, Memory).Rejection?.Detail;
        if (why is null) return image;
        image.Dispose();
        return null;
    }
}
