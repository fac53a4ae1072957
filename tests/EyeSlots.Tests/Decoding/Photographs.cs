using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>Chroma subsampling as OpenCV's encoder names it.</summary>
public enum Sampling
{
    S444 = 0x111111,
    S422 = 0x211111,
    S420 = 0x221111,
    S440 = 0x121111,
    S411 = 0x411111,
    Gray = 0,
}

/// <summary>Parts of one large drawn scene with soft and sharp, dark and saturated places, and its encodings.</summary>
internal static class Photographs
{
    private const int Side = 2000;
    private static readonly Lazy<Mat> Scene = new(Draw);

    /// <summary>A part of the scene, BGR. The caller disposes it.</summary>
    public static Mat Cut(int width, int height, int seed)
    {
        var random = new Random(seed);
        using var part = Scene.Value[new Rect(random.Next(Side + 1 - width), random.Next(Side + 1 - height), width, height)];
        return part.Clone();
    }

    /// <summary>Encodes as JPEG.</summary>
    public static byte[] Jpeg(Mat image, Sampling sampling = Sampling.S420, bool progressive = false, int restart = 0, int quality = 90, bool optimize = false)
    {
        using var gray = sampling == Sampling.Gray ? image.CvtColor(ColorConversionCodes.BGR2GRAY) : null;
        List<int> settings = [(int)ImwriteFlags.JpegQuality, quality, (int)ImwriteFlags.JpegProgressive, progressive ? 1 : 0,
            (int)ImwriteFlags.JpegRstInterval, restart, (int)ImwriteFlags.JpegOptimize, optimize ? 1 : 0];
        const int SamplingFactor = 7; // IMWRITE_JPEG_SAMPLING_FACTOR, which OpenCvSharp does not name
        if (gray is null) settings.AddRange([SamplingFactor, (int)sampling]);
        Assert.True(Cv2.ImEncode(".jpg", gray ?? image, out var file, [.. settings]));
        return file;
    }

    /// <summary>Encodes as the given extension says.</summary>
    public static byte[] Encode(Mat image, string extension, params int[] settings)
    {
        Assert.True(Cv2.ImEncode(extension, image, out var file, settings));
        return file;
    }

    private static Mat Draw()
    {
        var random = new Random(7);
        using var coarse = Noise(random, 12);
        using var middle = Noise(random, 200);
        using var fine = Noise(random, Side);
        var scene = new Mat();
        Cv2.AddWeighted(coarse, 0.75, middle, 0.35, -10, scene);
        Cv2.AddWeighted(scene, 1, fine, 0.15, -20, scene);
        for (var i = 0; i < 900; i++)
        {
            var (x, y, colour) = (random.Next(Side), random.Next(Side), new Scalar(random.Next(256), random.Next(256), random.Next(256)));
            if (i % 3 == 0) Cv2.Rectangle(scene, new Rect(x, y, random.Next(5, 90), random.Next(5, 60)), colour, -1);
            else if (i % 3 == 1) Cv2.Line(scene, x, y, random.Next(Side), random.Next(Side), colour, 1);
            else Cv2.Circle(scene, x, y, random.Next(2, 40), colour, random.Next(-1, 3));
        }

        return scene;
    }

    private static Mat Noise(Random random, int side)
    {
        var pixels = new byte[side * side * 3];
        random.NextBytes(pixels);
        using var small = Mat.FromPixelData(side, side, MatType.CV_8UC3, pixels);
        return small.Resize(new Size(Side, Side), 0, 0, InterpolationFlags.Cubic);
    }
}
