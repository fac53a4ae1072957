using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>From a crop and what was drawn for it to an input.</summary>
public sealed class CropSamplerTests
{
    private const int Width = 96, Height = 32;

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
