using CsCheck;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Geometry;

/// <summary>The crop's pixels in the image, the coverage and the source region.</summary>
public sealed class EyeSlotTests
{
    private static readonly int Slots = LongRun.Count(2000, 20_000);
    private static readonly Gen<EyeSlot> Any = Gen.Select(
        Gen.Double[-100, 500], Gen.Double[-100, 400], Gen.Double[0.2, 300], Gen.Double[0.2, 200], Gen.Double[-180, 180],
        (x, y, width, height, theta) => new EyeSlot(x, y, width, height, Direction.OfDegrees(theta)));

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(0.5, 1)]
    [InlineData(1.49, 1)]
    [InlineData(1.5, 2)]
    [InlineData(2.5, 3)]
    [InlineData(100.5, 101)]
    [InlineData(101.5, 102)]
    [InlineData(101.49999, 101)]
    public void CropSize_Halves_AreRoundedAwayFromZeroAndAtLeastOne(double extent, int pixels)
    {
        Assert.Equal(new PixelSize(pixels, 7), new EyeSlot(0, 0, extent, 7, Direction.Right).CropSize);
        Assert.Equal(new PixelSize(7, pixels), new EyeSlot(0, 0, 7, extent, Direction.Right).CropSize);
    }

    [Fact]
    public void CropToImage_AnyPixel_IsTheCentrePlusTheTurnedOffset() =>
        Seeded.ForAll(Gen.Select(Any, Gen.Int[0, 300], Gen.Int[0, 200]), Slots, drawn =>
        {
            var (slot, i, j) = drawn;
            var (u, v) = (i - ((slot.CropSize.Width - 1) / 2.0), j - ((slot.CropSize.Height - 1) / 2.0));
            var offset = DrawnEyes.Turned([u, v], slot.Theta);
            var (x, y) = slot.CropToImage().Map(i, j);
            Assert.Equal(slot.CenterX + offset[0], x, 1e-9);
            Assert.Equal(slot.CenterY + offset[1], y, 1e-9);
        });

    [Theory]
    [InlineData(50, 50, 1)]
    [InlineData(-0.5, 50, 0.5)]
    [InlineData(99.5, 50, 0.5)]
    [InlineData(50, -0.5, 0.5)]
    [InlineData(-0.5, 79.5, 0.25)]
    [InlineData(-40, 50, 0)]
    [InlineData(19.5, 9.5, 1)]
    public void Coverage_UprightSlot_IsTheShareInsideTheImage(double x, double y, double coverage) =>
        Assert.Equal(coverage, new EyeSlot(x, y, 40, 20, Direction.Right).Coverage(100, 80), 1e-12);

    [Fact]
    public void Coverage_AnySlot_EqualsTheShareOfPointsThatLieInside() =>
        Seeded.ForAll(Any, Slots / 10, slot =>
        {
            const int Steps = 150;
            var inside = 0;
            for (var at = 0; at < Steps * Steps; at++)
            {
                var (u, v) = (((at % Steps) + 0.5) / Steps, ((at / Steps) + 0.5) / Steps);
                var offset = DrawnEyes.Turned([(u - 0.5) * slot.Width, (v - 0.5) * slot.Height], slot.Theta);
                if (slot.CenterX + offset[0] is >= -0.5 and <= 399.5 && slot.CenterY + offset[1] is >= -0.5 and <= 299.5) inside++;
            }

            Assert.Equal(inside / (double)(Steps * Steps), slot.Coverage(400, 300), 0.012);
        });

    [Fact]
    public void SourceRegion_AnySlot_HoldsEveryPixelThatTheWarpReads() =>
        Seeded.ForAll(Gen.Select(Any, Gen.Int[0, 6]), Slots, drawn =>
        {
            var (slot, padding) = drawn;
            var region = slot.SourceRegion(400, 300, padding);
            var (crop, map) = (slot.CropSize, slot.CropToImage());
            if (region == default) Assert.Equal(0, slot.Coverage(400, 300));
            foreach (var (i, j) in ((int, int)[])[(0, 0), (crop.Width - 1, 0), (0, crop.Height - 1), (crop.Width - 1, crop.Height - 1)])
            {
                // A sample lies between its four neighbours, all of them inside; beyond the image there is nothing to hold.
                var (x, y) = map.Map(i, j);
                AssertHolds(region.X, region.X + region.Width, x, padding, 400);
                AssertHolds(region.Y, region.Y + region.Height, y, padding, 300);
            }

            Assert.True(region is { X: >= 0, Y: >= 0 } && region.X + region.Width <= 400 && region.Y + region.Height <= 300);
            Assert.True(region.Width <= slot.Width + slot.Height + 8 + (2 * padding));
        });

    [Fact]
    public void SourceRegion_SlotFarOutside_IsEmpty()
    {
        Assert.Equal(default, new EyeSlot(-500, 100, 40, 20, Direction.Right).SourceRegion(400, 300, 4));
        Assert.Equal(default, new EyeSlot(1e6, 1e6, 40, 20, Direction.OfDegrees(12)).SourceRegion(400, 300, 4));
    }

    // OpenCV rounds samples to 1/32 pixel.
    private static void AssertHolds(int low, int high, double sample, int padding, int size)
    {
        if (high <= low) return; // empty: nothing of the slot lies inside
        Assert.InRange(Math.Clamp(Math.Floor(sample - 0.02) - padding, 0, size), low, size);
        Assert.InRange(Math.Clamp(Math.Floor(sample + 0.02) + 2 + padding, 0, size), 0, high);
    }
}
