using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>Where the hidden square lies.</summary>
public sealed class CutoutTests
{
    private const int Draws = 30_000, Side = 16;
    private static readonly InputShape Input = InputShape.Default;

    [Fact]
    public void Draw_Cutout_IsASquareOfHalfTheHeightCutOffAtTheBorders()
    {
        foreach (var box in Boxes(0.5))
        {
            Assert.InRange(box.X0, 0, box.X1 - 1);
            Assert.InRange(box.Y0, 0, box.Y1 - 1);
            Assert.InRange(box.X1, box.X0 + 1, Input.Width);
            Assert.InRange(box.Y1, box.Y0 + 1, Input.Height);
            Assert.True(box.X1 - box.X0 == Side || box.X0 == 0 || box.X1 == Input.Width);
            Assert.True(box.Y1 - box.Y0 == Side || box.Y0 == 0 || box.Y1 == Input.Height);
            Assert.InRange(box.X1 - box.X0, Side / 2, Side);
            Assert.InRange(box.Y1 - box.Y0, Side / 2, Side);
        }
    }

    [Fact]
    public void Draw_CutoutsCentre_IsEachPixelAsOften()
    {
        var (columns, rows) = (new int[Input.Width], new int[Input.Height]);
        foreach (var box in Boxes(0.5))
        {
            columns[box.X1 < Input.Width ? box.X1 - (Side / 2) : box.X0 + (Side / 2)]++;
            rows[box.Y1 < Input.Height ? box.Y1 - (Side / 2) : box.Y0 + (Side / 2)]++;
        }

        AssertEven(columns);
        AssertEven(rows);
    }

    [Fact]
    public void Draw_CutoutOfTheWholeHeight_HidesItWhereItIsCentred()
    {
        Assert.Contains(Boxes(1), box => box is { Y0: 0 } && box.Y1 == Input.Height && box.X1 - box.X0 == Input.Height);
        Assert.All(Boxes(0), box => Assert.True(box.IsEmpty));
    }

    [Fact]
    public void Draw_CutoutOfLessThanHalfAPixel_HidesNothing() => Assert.All(Boxes(0.4 / Input.Height), box => Assert.True(box.IsEmpty));

    private static CutoutBox[] Boxes(double share)
    {
        var augmenter = new Augmenter(AugmentationOptions.None with { Cutout = share }, Input);
        return [.. Enumerable.Range(0, Draws).Select(seed => augmenter.Draw((ulong)seed, 180, 75).Cutout)];
    }

    // Five standard deviations about the mean.
    private static void AssertEven(int[] counts)
    {
        var mean = (double)Draws / counts.Length;
        Assert.All(counts, count => Assert.InRange(count, mean - (5 * Math.Sqrt(mean)), mean + (5 * Math.Sqrt(mean))));
    }
}
