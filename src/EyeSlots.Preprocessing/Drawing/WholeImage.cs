using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>A photograph decoded as a whole, to draw on, by the decoders that cut slots from it.</summary>
internal static unsafe class WholeImage
{
    private const long Memory = 1L << 30;

    /// <summary>Decodes to BGR; the caller disposes it.</summary>
    /// <param name="photograph">The file's bytes.</param>
    /// <param name="why">Why there is none, or null.</param>
    public static Mat? Decode(ReadOnlySpan<byte> photograph, out string? why)
    {
        if (!HeaderReader.TryRead(photograph, out var header, out why)) return null;
        if (header.Pixels > MostPixels)
        {
            why = $"{header.Width} x {header.Height} pixels are too many to draw on";
            return null;
        }

        var image = header.Format == ImageFormat.Jpeg ? FromJpeg(photograph, header, out var rejection) : OpenCvDecoder.Decode(photograph, header, out rejection);
        why = rejection?.Detail;
        return image;
    }

    private static long MostPixels => new JobParameters().MaxPixels;

    private static Mat? FromJpeg(ReadOnlySpan<byte> file, in ImageHeader header, out Rejection? why)
    {
        using var decoder = new RegionDecoder();
        var image = new Mat(header.Height, header.Width, MatType.CV_8UC3);
        why = decoder.Decode(file, new(0, 0, header.Width, header.Height), new((void*)image.Data, checked((int)(image.Step() * image.Rows))), Memory);
        if (why is null) return image;
        image.Dispose();
        return null;
    }
}
