using EyeSlots.Core.Annotations;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Decodes whole images by OpenCV: all formats but JPEG. 16 bits a channel are scaled to 8, alpha is dropped,
/// palettes and gray are expanded to BGR, and orientation tags are ignored.
/// </summary>
internal static class OpenCvDecoder
{
    static OpenCvDecoder()
    {
        Cv2.SetNumThreads(1);

        // What is wrong with an image is told once, by its reason code; the library's own lines would fill the screen.
        Cv2.SetLogLevel(LogLevel.SILENT);
    }

    /// <summary>Decodes the whole image; the caller disposes it.</summary>
    /// <returns>Null and the reason when it cannot be used.</returns>
    public static Mat? Decode(ReadOnlySpan<byte> file, in ImageHeader header, out Rejection? why)
    {
        why = null;
        var image = TryDecode(file);
        if (image is not null && !image.Empty())
        {
            Undo(image, header.Orientation);
            if (image.Width == header.Width && image.Height == header.Height && image.Type() == MatType.CV_8UC3) return image;
        }

        image?.Dispose();
        why = new(RejectCode.ImageUnreadable, $"the {header.Format.ToString().ToUpperInvariant()} cannot be decoded");
        return null;
    }

    private static Mat? TryDecode(ReadOnlySpan<byte> file)
    {
        try
        {
            return Cv2.ImDecode(file, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        }
        catch (OpenCVException)
        {
            return null; // OpenCV asserts on some broken headers where others make it return an empty image
        }
    }

    // OpenCV turns TIFF by its tag even when told not to.
    private static void Undo(Mat image, int orientation)
    {
        switch (orientation)
        {
            case 2: Cv2.Flip(image, image, FlipMode.Y); break;
            case 3: Cv2.Flip(image, image, FlipMode.XY); break;
            case 4: Cv2.Flip(image, image, FlipMode.X); break;
            case 5: Cv2.Transpose(image, image); break;
            case 6: Cv2.Rotate(image, image, RotateFlags.Rotate90Counterclockwise); break;
            case 7:
                Cv2.Transpose(image, image);
                Cv2.Flip(image, image, FlipMode.XY);
                break;
            case 8: Cv2.Rotate(image, image, RotateFlags.Rotate90Clockwise); break;
        }
    }
}
