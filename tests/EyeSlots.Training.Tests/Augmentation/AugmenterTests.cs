using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>What is drawn, and how it is distributed.</summary>
public sealed class AugmenterTests
{
    private const int CropWidth = 180, CropHeight = 75, Draws = 20_000;
    private const double CentreX = (CropWidth - 1) / 2.0, CentreY = (CropHeight - 1) / 2.0;
    private static readonly InputShape Input = InputShape.Default;
    private static readonly AugmentationOptions All = new() { Cutout = 0.5 };

    [Fact]
    public void Draw_Nothing_LeadsCornersToCorners()
    {
        var drawn = Draw(AugmentationOptions.None, 1);
        AssertNear((-0.5, -0.5), drawn.InputToCrop.Map(-0.5, -0.5));
        AssertNear((CropWidth - 0.5, CropHeight - 0.5), drawn.InputToCrop.Map(Input.Width - 0.5, Input.Height - 0.5));
        Assert.Equal((1.0, true), (drawn.Brightness, drawn.Cutout.IsEmpty));
    }

    [Fact]
    public void Draw_SameSeed_IsTheSameOnEveryThread()
    {
        var augmenter = new Augmenter(All, Input);
        var alone = Enumerable.Range(0, 500).Select(seed => augmenter.Draw((ulong)seed, CropWidth, CropHeight)).ToArray();
        Parallel.For(0, alone.Length, seed => Assert.Equal(alone[seed], augmenter.Draw((ulong)seed, CropWidth, CropHeight)));
        Assert.Equal(alone.Length, alone.Distinct().Count());
    }

    [Theory]
    [InlineData(180, 75, 96, 32)]
    [InlineData(75, 180, 96, 32)]
    [InlineData(400, 30, 32, 96)]
    public void Draw_Rotation_StaysOneWhateverTheProportions(int cropWidth, int cropHeight, int inputWidth, int inputHeight)
    {
        var augmenter = new Augmenter(AugmentationOptions.None with { Rotation = 30 }, Input with { Width = inputWidth, Height = inputHeight });
        for (ulong seed = 0; seed < 100; seed++)
        {
            // In the crop's pixels: steps of a pixel of the crop to the right and down in the unaltered input.
            var map = augmenter.Draw(seed, cropWidth, cropHeight).InputToCrop;
            var (rightX, rightY) = (map.M11 * inputWidth / cropWidth, map.M21 * inputWidth / cropWidth);
            var (downX, downY) = (map.M12 * inputHeight / cropHeight, map.M22 * inputHeight / cropHeight);
            Assert.Equal(1, Math.Sqrt((rightX * rightX) + (rightY * rightY)), 1e-12);
            AssertNear((-rightY, rightX), (downX, downY));
            Assert.InRange(Math.Abs(Math.Atan2(rightY, rightX) * 180 / Math.PI), 0, 30);
            AssertNear(((cropWidth - 1) / 2.0, (cropHeight - 1) / 2.0), map.Map((inputWidth - 1) / 2.0, (inputHeight - 1) / 2.0));
        }
    }

    [Fact]
    public void Draw_EachAugmentation_IsUniformInItsRange()
    {
        AssertUniform(AugmentationOptions.None with { Rotation = 5 }, 5, drawn => Math.Atan2(-drawn.InputToCrop.M21 / ScaleX, drawn.InputToCrop.M11 / ScaleX) * 180 / Math.PI);
        AssertUniform(AugmentationOptions.None with { Shear = 5 }, 5, drawn => Math.Atan(-drawn.InputToCrop.M12 / ScaleY) * 180 / Math.PI);
        AssertUniform(AugmentationOptions.None with { WidthShift = 0.05 }, 0.05 * CropWidth, drawn => CentreX - Centre(drawn).X);
        AssertUniform(AugmentationOptions.None with { HeightShift = 0.05 }, 0.05 * CropHeight, drawn => CentreY - Centre(drawn).Y);
        AssertUniform(AugmentationOptions.None with { Brightness = 0.2 }, 0.2, drawn => drawn.Brightness - 1);
    }

    [Fact]
    public void Draw_HorizontalFlip_MirrorsItsShareOfFaces()
    {
        var augmenter = new Augmenter(AugmentationOptions.None with { HorizontalFlip = 0.3 }, Input);
        var flipped = Enumerable.Range(0, Draws).Count(seed => augmenter.Draw((ulong)seed, CropWidth, CropHeight).InputToCrop.M11 < 0);
        Assert.InRange(flipped, (0.3 * Draws) - 260, (0.3 * Draws) + 260); // four standard deviations
    }

    [Fact]
    public void Draw_OneSwitchedOff_ChangesNoOthersDraws()
    {
        var off = All with { Rotation = 0, HorizontalFlip = 0, Shear = 0 };
        for (ulong seed = 0; seed < 200; seed++)
        {
            var (all, some) = (Draw(All, seed), Draw(off, seed));
            Assert.Equal((all.Brightness, all.Cutout), (some.Brightness, some.Cutout));
            var still = Draw(All with { Brightness = 0, Cutout = 0 }, seed);
            Assert.Equal(all.InputToCrop, still.InputToCrop);
        }
    }

    [Fact]
    public void Draw_TwoAugmentationsOrTwoFaces_AreUncorrelated()
    {
        var augmenter = new Augmenter(AugmentationOptions.None with { Brightness = 0.2, WidthShift = 0.05 }, Input);
        var drawn = Enumerable.Range(0, Draws).Select(seed => augmenter.Draw((ulong)seed, CropWidth, CropHeight)).ToArray();
        double[] bright = [.. drawn.Select(one => one.Brightness - 1)], shift = [.. drawn.Select(one => Centre(one).X - CentreX)];
        const double Bound = 0.03; // four standard deviations
        Assert.InRange(Correlation(bright, shift), -Bound, Bound);
        Assert.InRange(Correlation(bright[1..], bright[..^1]), -Bound, Bound);
    }

    private static double ScaleX => (double)CropWidth / Input.Width;

    private static double ScaleY => (double)CropHeight / Input.Height;

    private static Augmented Draw(AugmentationOptions options, ulong seed) => new Augmenter(options, Input).Draw(seed, CropWidth, CropHeight);

    private static (double X, double Y) Centre(in Augmented drawn) => drawn.InputToCrop.Map((Input.Width - 1) / 2.0, (Input.Height - 1) / 2.0);

    private static void AssertNear((double X, double Y) expected, (double X, double Y) actual)
    {
        Assert.Equal(expected.X, actual.X, 1e-9);
        Assert.Equal(expected.Y, actual.Y, 1e-9);
    }

    // Ten equal parts of the range hold a tenth of the draws each, but for four standard deviations.
    private static void AssertUniform(AugmentationOptions options, double most, Func<Augmented, double> value)
    {
        var augmenter = new Augmenter(options, Input);
        var parts = new int[10];
        for (var seed = 0; seed < Draws; seed++)
        {
            var drawn = value(augmenter.Draw((ulong)seed, CropWidth, CropHeight));
            Assert.InRange(drawn, -most - 1e-9, most + 1e-9);
            parts[Math.Clamp((int)((drawn + most) / (2 * most) * parts.Length), 0, parts.Length - 1)]++;
        }

        Assert.All(parts, count => Assert.InRange(count, (Draws / 10) - 170, (Draws / 10) + 170));
    }

    private static double Correlation(double[] a, double[] b) =>
        a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
}
