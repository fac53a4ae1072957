using OpenCvSharp;

namespace EyeSlots.Benchmarks.PixelFuzz;

/// <summary>Small sound JPEG of every kind that is decoded, and mutations of them.</summary>
internal static class JpegSeeds
{
    private const int Width = 93, Height = 70, SamplingFactor = 7;

    /// <summary>Gray, three components in four samplings, four components; one scan, several, restarts.</summary>
    public static byte[][] Make()
    {
        using var noise = new Mat(Height, Width, MatType.CV_8UC3);
        Cv2.Randu(noise, new Scalar(30, 30, 30), new Scalar(220, 220, 220));
        using var image = noise.GaussianBlur(new Size(5, 5), 1.5);
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        int[] samplings = [0x221111, 0x111111, 0x211111, 0x411111];
        byte[][] colours = [.. samplings.Select(sampling => Encode(image, SamplingFactor, sampling))];
        return [.. colours, Encode(gray), Encode(image, (int)ImwriteFlags.JpegProgressive, 1), Encode(gray, (int)ImwriteFlags.JpegProgressive, 1),
            Encode(image, (int)ImwriteFlags.JpegRstInterval, 2), Encode(image, (int)ImwriteFlags.JpegOptimize, 1), FourScans(Encode(gray))];
    }

    /// <summary>A changed copy: a few bytes, most of them in the headers, a cut, or a part twice.</summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        var bytes = (byte[])file.Clone();
        for (var change = random.Next(0, 5); change > 0 && bytes.Length > 4; change--)
        {
            var at = random.Next(2, random.Next(3) > 0 ? Math.Min(640, bytes.Length) : bytes.Length);
            switch (random.Next(8))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2 or 3: bytes[at] = (byte)Hostile.Or(random.Next(5), random); break;
                case 4: (bytes[at - 1], bytes[at]) = (0xFF, (byte)random.Next(0xC0, 0x100)); break;
                case 5: bytes = bytes[..at]; break;
                case 6: bytes = [.. bytes[..at], .. bytes[random.Next(at + 1)..]]; break;
                default: random.NextBytes(bytes.AsSpan(at, Math.Min(bytes.Length - at, random.Next(1, 16)))); break;
            }
        }

        return bytes.Length > 4 * file.Length ? bytes[..file.Length] : bytes;
    }

    private static byte[] Encode(Mat image, params int[] settings)
    {
        Cv2.ImEncode(".jpg", image, out var file, settings);
        return file;
    }

    // A gray file's scan four times, for four components: CMYK, which no encoder at hand writes.
    private static byte[] FourScans(byte[] gray)
    {
        var (frame, scan) = (gray.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]), gray.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]));
        const int FrameBytes = 13, ScanBytes = 10;
        byte[] four = [0xFF, 0xC0, 0, 20, .. gray.AsSpan(frame + 4, 5), 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
        var scans = Enumerable.Range(1, 4).SelectMany(id => (byte[])[0xFF, 0xDA, 0, 8, 1, (byte)id, .. gray.AsSpan(scan + 6, 4), .. gray.AsSpan((scan + ScanBytes)..^2)]);
        return [.. gray.AsSpan(0, frame), .. four, .. gray.AsSpan((frame + FrameBytes)..scan), .. scans, 0xFF, 0xD9];
    }
}
