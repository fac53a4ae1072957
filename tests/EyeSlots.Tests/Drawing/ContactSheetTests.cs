using EyeSlots.Core.Geometry;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Drawing;

namespace EyeSlots.Tests.Drawing;

/// <summary>What stands below a crop.</summary>
public sealed class ContactSheetTests
{
    [Theory]
    [InlineData(0.5f, -0.25f, 12.6, "v +0.50  a -0.25  13 deg")]
    [InlineData(-0.004f, 0.004f, -0.4, "v +0.00  a +0.00  0 deg")]
    [InlineData(-0.006f, -1f, -179.6, "v -0.01  a -1.00  -180 deg")]
    [InlineData(null, 0.5f, -0.2, "no label  0 deg")]
    public void Caption_OfARow_ShowsNoZeroWithASign(float? valence, float? arousal, double theta, string caption) => Assert.Equal(caption, ContactSheet.Caption(new()
    {
        Key = new("training", "a.jpg", 0), Slot = default, Width = 10, Height = 10, Geometry = new EyeSlot(1, 2, 10, 10, Direction.OfDegrees(theta)), Theta = theta,
        Coverage = 1, ImageWidth = 100, ImageHeight = 100, Valence = valence, Arousal = arousal,
    }));
}
