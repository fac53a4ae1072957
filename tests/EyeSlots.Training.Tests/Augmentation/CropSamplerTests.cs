using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>From a crop and what was drawn for it to an input.</summary>
public sealed class CropSamplerTests
{
    private const int Width = 96, Height = 32, CropWidth = 180, CropHeight = 75;

    [Fact]
    public void Sample_SameSizeAndNothingDrawn_IsTheCropInRedGreenBlue()
    {
        var crop = Noise(Width, Height);
        var input = Sample(crop, Width, Height, Unaltered());
        for (var at = 0; at < crop.Length; at += 3) Assert.Equal((crop[at + 2], crop[at + 1], crop[at]), (input[at], input[at + 1], input[at + 2]));
    }

    [Fact]
    public void Sample_FlippedTwice_IsTheCrop()
    {
        var crop = Noise(Width, Height);
        var flip = new Augmenter(AugmentationOptions.None with { HorizontalFlip = 1 }, InputShape.Default).Draw(1, Width, Height);
        var once = Sample(crop, Width, Height, flip);
        Assert.NotEqual(Sample(crop, Width, Height, Unaltered()), once);
        // Red and blue change places in each call, so twice is as before.
        Assert.Equal(crop, Sample(once, Width, Height, flip));
    }

    [Fact]
    public void Sample_FlippedCropOfAnotherSize_IsItsMirrorWithinALevel()
    {
        var crop = Noise(CropWidth, CropHeight);
        var plain = Sample(crop, CropWidth, CropHeight, Draw(AugmentationOptions.None, 3));
        var mirrored = Sample(crop, CropWidth, CropHeight, Draw(AugmentationOptions.None with { HorizontalFlip = 1 }, 3));
        for (var at = 0; at < plain.Length; at++)
        {
            var (column, row, channel) = (at / 3 % Width, at / 3 / Width, at % 3);
            Assert.InRange(plain[at] - mirrored[(3 * ((row * Width) + Width - 1 - column)) + channel], -1, 1);
        }
    }

    [Fact]
    public void Sample_Brightness_ChangesTheMeanByItsFactor()
    {
        byte[] crop = [.. Enumerable.Range(0, 3 * CropWidth * CropHeight).Select(at => (byte)(40 + (at % 101)))];
        var mean = Sample(crop, CropWidth, CropHeight, Draw(AugmentationOptions.None, 0)).Average(value => value);
        for (ulong seed = 0; seed < 50; seed++)
        {
            var drawn = Draw(AugmentationOptions.None with { Brightness = 0.5 }, seed);
            Assert.Equal(drawn.Brightness, Sample(crop, CropWidth, CropHeight, drawn).Average(value => value) / mean, 0.005);
        }
    }

    [Fact]
    public void Sample_Shift_MovesWhatIsSeenAndGoesOnWithTheEdge()
    {
        var crop = Noise(Width, Height);
        var drawn = Unaltered() with { InputToCrop = Unaltered().InputToCrop with { Dx = -7, Dy = 3 } };
        var (still, moved) = (Sample(crop, Width, Height, Unaltered()), Sample(crop, Width, Height, drawn));
        for (var at = 0; at < still.Length; at++)
        {
            var (column, row, channel) = (at / 3 % Width, at / 3 / Width, at % 3);
            Assert.Equal(still[(3 * ((Math.Min(row + 3, Height - 1) * Width) + Math.Max(column - 7, 0))) + channel], moved[at]);
        }
    }

    [Fact]
    public void Sample_Gray_IsOneByteAPixel()
    {
        var gray = InputShape.Default with { Gray = true };
        var output = new byte[gray.Bytes];
        CropSampler.Sample(Noise(CropWidth, CropHeight), CropWidth, CropHeight, Draw(new(), 1), gray, output);
        Assert.Equal(Width * Height, output.Length);
        Assert.True(output.Distinct().Count() > 50);
    }

    /// <summary>Whatever decodes can be sampled, whatever the options allow: a shard may hold the strangest crops.</summary>
    [Theory]
    [InlineData(65_535, 1)]
    [InlineData(1, 65_535)]
    [InlineData(65_535, 1500)]
    [InlineData(1, 1)]
    public void Sample_CropsOfAnyProportionsUnderTheWidestOptions_AreSampled(int width, int height)
    {
        var crop = GC.AllocateUninitializedArray<byte>(3 * width * height);
        Array.Fill(crop, (byte)90);
        var widest = new AugmentationOptions { Rotation = 180, Shear = 45, WidthShift = 1, HeightShift = 1, HorizontalFlip = 1, Brightness = 0 }.Validated();
        foreach (var input in (InputShape[])[new(8, 8, false), InputShape.Default, new(8, 1024, true)])
        {
            var (augmenter, output) = (new Augmenter(widest, input), new byte[input.Bytes]);
            for (ulong seed = 0; seed < 20; seed++)
            {
                CropSampler.Sample(crop, width, height, augmenter.Draw(seed, width, height), input, output);
                Assert.All(output, value => Assert.Equal(90, value));
            }
        }
    }

    private static Augmented Draw(AugmentationOptions options, ulong seed) => new Augmenter(options, InputShape.Default).Draw(seed, CropWidth, CropHeight);

    private static Augmented Unaltered() => new Augmenter(AugmentationOptions.None, InputShape.Default).Draw(1, Width, Height);

    private static byte[] Noise(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(5).NextBytes(pixels);
        return pixels;
    }

    private static byte[] Sample(byte[] crop, int width, int height, Augmented drawn)
    {
        var output = new byte[InputShape.Default.Bytes];
        CropSampler.Sample(crop, width, height, drawn, InputShape.Default, output);
        return output;
    }
}
