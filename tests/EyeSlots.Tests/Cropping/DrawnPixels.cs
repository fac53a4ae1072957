using System.Buffers;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Tests.Cropping;

/// <summary>Images of pure arithmetic: the same pixels on every machine and with every version of a library.</summary>
internal static class DrawnPixels
{
    /// <summary>Waves of integers with some hard edges, BGR without gaps.</summary>
    public static byte[] Bgr(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var at = 0; at < width * height; at++)
        {
            var (x, y) = (at % width, at / width);
            var edge = ((x / 24) + (y / 17)) % 5 == 0 ? 60 : 0;
            pixels[3 * at] = (byte)(40 + (((x * x) + (3 * y)) / 16 % 120) + edge);
            pixels[(3 * at) + 1] = (byte)(30 + (((x * y) + (7 * x)) / 24 % 140) + edge);
            pixels[(3 * at) + 2] = (byte)(20 + (((y * y) + (5 * x)) / 20 % 160) + edge);
        }

        return pixels;
    }

    /// <summary>The image as BMP: no pixel is changed.</summary>
    public static byte[] Bmp(byte[] bgr, int width, int height)
    {
        using var image = Mat.FromPixelData(height, width, MatType.CV_8UC3, bgr);
        return Decoding.Photographs.Encode(image, ".bmp");
    }

    /// <summary>The image by the project's own encoder.</summary>
    public static byte[] Jpeg(byte[] bgr, int width, int height, int quality)
    {
        var output = new ArrayBufferWriter<byte>();
        SlotEncoder.Encode(new(bgr, new(width, height)), SlotFormat.Jpeg, quality, output);
        return output.WrittenSpan.ToArray();
    }
}
