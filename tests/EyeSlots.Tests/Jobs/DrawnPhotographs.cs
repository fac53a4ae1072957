using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EyeSlots.Tests.Jobs;

/// <summary>Photographs of seeded noise: each seed gives other pixels, and the same in every run.</summary>
internal static class DrawnPhotographs
{
    public const int Side = 160;

    public static byte[] Jpeg(int seed, int width = Side, int height = Side) => Encode(".jpg", seed, width, height);

    public static byte[] Encode(string extension, int seed, int width = Side, int height = Side)
    {
        var random = new Random(seed);
        var pixels = new Vec3b[12, 12];
        foreach (ref var pixel in MemoryMarshal.CreateSpan(ref pixels[0, 0], pixels.Length))
        {
            pixel = new((byte)random.Next(40, 210), (byte)random.Next(40, 210), (byte)random.Next(40, 210));
        }

        using var small = Mat.FromArray(pixels);
        using var image = small.Resize(new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        Cv2.ImEncode(extension, image, out var bytes);
        return bytes;
    }
}
