using System.Buffers;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Tests.Cropping;

/// <summary>Our encoder beside OpenCV's, which hands its pixels to the same library: every byte is the same.</summary>
public sealed class SlotEncoderTests
{
    private const int Seed = 20261127;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(95)]
    [InlineData(99)]
    [InlineData(100)]
    public void Encode_OfEverySizeUpToThreeBlocks_GivesTheBytesOfTheLibrary(int quality)
    {
        var random = new Random(Seed + quality);
        for (var height = 1; height <= 40; height++)
        {
            for (var width = 1; width <= 40; width += random.Next(1, 4)) RequireSame(width, height, quality, Drawn(width, height, random));
        }
    }

    [Fact]
    public void Encode_OfDrawnPixelsOfEveryQuality_GivesTheBytesOfTheLibrary()
    {
        var random = new Random(Seed);
        for (var quality = 1; quality <= 100; quality++)
        {
            var (width, height) = (random.Next(1, 300), random.Next(1, 120));
            RequireSame(width, height, quality, Drawn(width, height, random));
        }
    }

    [Theory]
    [InlineData(3000, 7)]
    [InlineData(7, 3000)]
    [InlineData(65_500, 1)]
    public void Encode_OfLongCrops_GivesTheBytesOfTheLibrary(int width, int height) =>
        RequireSame(width, height, 95, Drawn(width, height, new Random(Seed + width)));

    private static void RequireSame(int width, int height, int quality, byte[] pixels)
    {
        var ours = new ArrayBufferWriter<byte>();
        SlotEncoder.Encode(new(pixels, new(width, height)), SlotFormat.Jpeg, quality, ours);
        using var image = Mat.FromPixelData(height, width, MatType.CV_8UC3, pixels);
        var theirs = image.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, quality));
        Assert.True(ours.WrittenSpan.SequenceEqual(theirs), $"{width} x {height} pixels of quality {quality} have other bytes than the library's.");
    }

    // Noise, black and white, slopes, and stripes: short codes, the longest, runs of zeros of every length, and bytes of 0xFF.
    private static byte[] Drawn(int width, int height, Random random)
    {
        var pixels = new byte[3 * width * height];
        var kind = random.Next(5);
        for (var at = 0; at < pixels.Length; at++)
        {
            var (column, row) = (at / 3 % width, at / 3 / width);
            pixels[at] = (byte)(kind switch
            {
                0 => random.Next(256),
                1 => random.Next(2) * 255,
                2 => (column * 3) + (row * 2) + (at % 3 * 40),
                3 => 120 + random.Next(9),
                _ => ((column ^ row) & 1) == 0 ? 255 : random.Next(3) == 0 ? random.Next(256) : 0,
            });
        }

        return pixels;
    }
}
