using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Tests.Cropping;

/// <summary>No view reaches beyond its memory, whatever sizes are claimed.</summary>
public sealed class PixelViewTests
{
    [Theory]
    [InlineData(10, 10, 30, 300)]
    [InlineData(10, 10, 31, (9 * 31) + 30)]
    [InlineData(1, 1, 3, 3)]
    [InlineData(1, 1, int.MaxValue, 3)]
    public void View_MemoryThatJustHoldsIt_IsMadeAndAByteLessIsRefused(int width, int height, long stride, int bytes)
    {
        Assert.Equal(width, new PixelView(new byte[bytes], width, height, stride).Width);
        Assert.Throws<ArgumentException>(() => new PixelView(new byte[bytes - 1], width, height, stride).Width);
    }

    [Theory]
    [InlineData(0, 1, 3)]
    [InlineData(1, 0, 3)]
    [InlineData(-1, -1, 3)]
    [InlineData(2, 1, 5)]
    [InlineData(37_838, 37_838, 3 * 37_838)]
    [InlineData(int.MaxValue, int.MaxValue, long.MaxValue)]
    [InlineData(1, int.MaxValue, int.MaxValue)]
    public void View_SizesThatDoNotFit_AreRefused(int width, int height, long stride) =>
        Assert.Throws<ArgumentException>(() => new PixelView(new byte[200_000], width, height, stride).Width);

    [Theory]
    [InlineData(0, 0, 11, 10)]
    [InlineData(1, 0, 10, 10)]
    [InlineData(0, 1, 10, 10)]
    [InlineData(-1, 0, 5, 5)]
    [InlineData(0, -1, 5, 5)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 1)]
    public void Part_BeyondTheView_IsRefused(int x, int y, int width, int height) =>
        Assert.Throws<ArgumentException>(() => new PixelView(new byte[300], new(10, 10)).Part(new(x, y, width, height)).Width);
}
