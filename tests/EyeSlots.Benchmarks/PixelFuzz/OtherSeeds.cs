using OpenCvSharp;

namespace EyeSlots.Benchmarks.PixelFuzz;

/// <summary>Small sound files of the formats beside JPEG.</summary>
internal static class OtherSeeds
{
    private const int Width = 93, Height = 70, TiffCompression = 259, Deflate = 8, Lzw = 5, PackBits = 32773;

    /// <summary>PNG and TIFF of 8 and 16 bits, gray, colours and alpha, BMP and WebP.</summary>
    public static byte[][] Make()
    {
        using var image = new Mat(Height, Width, MatType.CV_8UC3);
        Cv2.Randu(image, new Scalar(30, 30, 30), new Scalar(220, 220, 220));
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var alpha = image.CvtColor(ColorConversionCodes.BGR2BGRA);
        using var wide = new Mat();
        image.ConvertTo(wide, MatType.CV_16UC3, 257);
        Mat[] images = [image, gray, alpha, wide];
        int[] compressions = [1, Lzw, Deflate, PackBits];
        return [.. images.Select(one => Encode(one, ".png")), .. images.SelectMany(one => compressions.Select(kind => Encode(one, ".tiff", TiffCompression, kind))),
            Encode(image, ".bmp"), Encode(gray, ".bmp"), Encode(image, ".webp"), Encode(alpha, ".webp")];
    }

    private static byte[] Encode(Mat image, string extension, params int[] settings)
    {
        Cv2.ImEncode(extension, image, out var file, settings);
        return file;
    }
}
