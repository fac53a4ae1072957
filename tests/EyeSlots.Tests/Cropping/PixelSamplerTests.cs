using System.Security.Cryptography;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Tests.Cropping;

/// <summary>The sampler beside exact interpolation, beside OpenCV, and at its borders.</summary>
public sealed class PixelSamplerTests
{
    private static readonly PixelSize Input = new(96, 32);

    [Fact]
    public void Sample_AnyMapOfNoise_IsWithinRoundingOfExactInterpolation()
    {
        var random = new Random(21);
        for (var i = 0; i < LongRun.Count(60, 2000); i++)
        {
            AssertExact(new(random.Next(1, 500), random.Next(1, 250)), new(random.Next(1, 140), random.Next(1, 60)), random);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 70)]
    [InlineData(90, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    public void Sample_CropOfOneOrTwoPixels_IsWithinRoundingOfExactInterpolation(int width, int height)
    {
        var random = new Random(22);
        for (var i = 0; i < 10; i++) AssertExact(new(width, height), Input, random);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(2, 4)]
    public void Sample_WholeCropOfAMultipleOfTheInput_IsOpenCvsAreaMean(int timesWidth, int timesHeight)
    {
        PixelSize crop = new(timesWidth * Input.Width, timesHeight * Input.Height);
        var bgr = Noise(crop, 3);
        var mean = new byte[3 * Input.Width * Input.Height];
        PixelWarp.Resize(new(bgr, crop), new(mean, Input));
        var sampled = Sample(bgr, crop, SampledExactly.Whole(crop, Input), Input);
        var most = timesWidth * timesHeight == 4 ? 0 : 1; // OpenCV rounds halves to even where it divides
        for (var at = 0; at < mean.Length; at++) Assert.InRange(sampled[at] - mean[at - (at % 3) + 2 - (at % 3)], -most, most);
    }

    [Fact]
    public void Sample_MapToFarOutside_IsTheCornersPixel()
    {
        PixelSize crop = new(40, 20);
        var bgr = Noise(crop, 5);
        var sampled = Sample(bgr, crop, Affine.Identity with { Dx = 5000, Dy = -5000 }, Input);
        for (var at = 0; at < sampled.Length; at++) Assert.Equal(bgr[(3 * 39) + 2 - (at % 3)], sampled[at]);
    }

    [Theory]
    [InlineData(95, 96, 1)]
    [InlineData(143, 96, 1)]
    [InlineData(145, 96, 2)]
    [InlineData(384, 96, 4)]
    [InlineData(9600, 96, 4)]
    [InlineData(1, 96, 1)]
    public void Taps_SideOverInput_IsTheRoundedRatioWithinOneAndFour(int crop, int input, int taps) => Assert.Equal(taps, PixelSampler.Taps(crop, input));

    [Fact]
    public void Sample_Gray_WeighsTheColours()
    {
        var bgr = Noise(Input, 6);
        var gray = Sample(bgr, Input, Affine.Identity, Input, isGray: true);
        for (var at = 0; at < gray.Length; at++)
        {
            Assert.Equal(((29 * bgr[3 * at]) + (150 * bgr[(3 * at) + 1]) + (77 * bgr[(3 * at) + 2]) + 128) / 256, gray[at]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1.2)]
    [InlineData(4)]
    public void Sample_Brightness_MultipliesAndClips(double brightness)
    {
        var bgr = Noise(Input, 7);
        var sampled = Sample(bgr, Input, Affine.Identity, Input, brightness);
        for (var at = 0; at < bgr.Length; at++)
        {
            Assert.InRange(sampled[at] - Math.Min(255, brightness * bgr[at - (at % 3) + 2 - (at % 3)]), -0.501, 0.501);
        }
    }

    [Fact]
    public void Sample_ManyThreads_GiveTheSameBytes()
    {
        PixelSize crop = new(180, 75);
        var (bgr, map) = (Noise(crop, 8), Map(crop, Input, new Random(8)));
        var alone = Sample(bgr, crop, map, Input);
        Parallel.For(0, 64, _ => Assert.Equal(alone, Sample(bgr, crop, map, Input)));
    }

    /// <summary>The hash of a fixed seed: the same on every processor, or trained networks would see other pixels.</summary>
    [Fact]
    public void Sample_DrawnPixels_HaveTheKnownHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        (int Width, int Height)[] sizes = [(180, 75), (96, 32), (61, 23), (300, 120), (1000, 90), (1, 40)];
        foreach (var (width, height) in sizes)
        {
            PixelSize crop = new(width, height);
            var turned = SampledExactly.Whole(crop, Input).After(new(0.9990234375, 0.04296875, -1.25, -0.04296875, 0.9990234375, 2.5));
            foreach (var isGray in (bool[])[false, true]) hash.AppendData(Sample(DrawnPixels.Bgr(width, height), crop, turned, Input, 1.125, isGray));
        }

        Assert.Equal("e716ba76ff07372e10811a047e0c5010f1d9b8c7a899042814fe43e57f53ecfc", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Sample_NumbersOutOfRange_AreRefusedAndNothingIsWritten()
    {
        PixelSize crop = new(40, 20);
        var bgr = Noise(crop, 9);
        var output = new byte[3 * Input.Width * Input.Height];
        void Refuses(byte[] pixels, PixelSize size, Affine map, double brightness, PixelSize input, byte[] room) =>
            Assert.Throws<ArgumentException>(() => PixelSampler.Sample(pixels, size, map, brightness, false, input, room));
        Refuses(bgr[1..], crop, Affine.Identity, 1, Input, output);
        Refuses(bgr, new(0, 20), Affine.Identity, 1, Input, output);
        Refuses(bgr, new(-40, 20), Affine.Identity, 1, Input, output);
        Refuses(bgr, crop, Affine.Identity with { Dx = double.NaN }, 1, Input, output);
        Refuses(bgr, crop, Affine.Identity with { M11 = double.PositiveInfinity }, 1, Input, output);
        Refuses(bgr, crop, Affine.Identity with { M11 = 1e5 }, 1, Input, output);
        Refuses(bgr, crop, Affine.Identity, double.NaN, Input, output);
        Refuses(bgr, crop, Affine.Identity, 4.1, Input, output);
        Refuses(bgr, crop, Affine.Identity, 1, new(1025, 32), output);
        Refuses(bgr, crop, Affine.Identity, 1, Input, output[1..]);
        Assert.All(output, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Sample_WritesNoByteBehindTheInput()
    {
        var room = Enumerable.Repeat((byte)77, (3 * 10 * 7) + 16).ToArray();
        PixelSampler.Sample(Noise(Input, 10), Input, Affine.Identity, 1, false, new(10, 7), room);
        Assert.All(room[(3 * 10 * 7)..], value => Assert.Equal(77, value));
    }

    // Steps of 1/2048 pixel leave 1/8 of a level of noise.
    private static void AssertExact(PixelSize crop, PixelSize input, Random random)
    {
        var (bgr, map, brightness) = (Noise(crop, random.Next()), Map(crop, input, random), 0.8 + (0.4 * random.NextDouble()));
        var exact = SampledExactly.Rgb(bgr, crop, map, input);
        var sampled = Sample(bgr, crop, map, input, brightness);
        for (var at = 0; at < exact.Length; at++) Assert.InRange(sampled[at] - Math.Min(255, exact[at] * brightness), -0.7, 0.7);
    }

    private static Affine Map(PixelSize crop, PixelSize input, Random random)
    {
        double Small(double most) => ((2 * random.NextDouble()) - 1) * most;
        var turn = new Affine(1 + Small(0.2), Small(0.3), Small(input.Width * 0.2), Small(0.3), 1 + Small(0.2), Small(input.Height * 0.2));
        return SampledExactly.Whole(crop, input).After(turn);
    }

    private static byte[] Noise(PixelSize size, int seed)
    {
        var pixels = new byte[3 * size.Width * size.Height];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    private static byte[] Sample(byte[] bgr, PixelSize crop, Affine map, PixelSize input, double brightness = 1, bool isGray = false)
    {
        var output = new byte[(isGray ? 1 : 3) * input.Width * input.Height];
        PixelSampler.Sample(bgr, crop, map, brightness, isGray, input, output);
        return output;
    }
}
