using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Geometry;

/// <summary>Our slot beside OpenCV's minAreaRect, which knows no eyes: the test applies the direction rule to its box.</summary>
public sealed class MinAreaRectCrossCheck
{
    private const double Tolerance = 0.05;

    [Fact]
    public void TryFind_RandomFaces_EqualMinAreaRectWithinAFewHundredths()
    {
        var (compared, worstPixels, worstDegrees) = (0, 0.0, 0.0);
        Seeded.ForAll(DrawnEyes.Any, LongRun.Count(2000, 10_400), face =>
        {
            // minAreaRect takes 32-bit floats: landmarks that they hold exactly, so that both see the same face.
            var eyes = Array.ConvertAll(face.Eyes, value => Math.Round(value * 64) / 64);
            if (!BruteForce.IsClear(eyes)) return;
            var slot = DrawnEyes.Slot(eyes, new(GrowX: 0, GrowY: 0));
            var expected = Expected(eyes);
            compared++;
            worstPixels = Math.Max(worstPixels, Worst(expected, slot));
            worstDegrees = Math.Max(worstDegrees, BruteForce.Difference(expected.Theta, slot.Theta));
            Assert.InRange(Worst(expected, slot), 0, Tolerance);
            Assert.InRange(BruteForce.Difference(expected.Theta, slot.Theta), 0, Tolerance);
        });
        Assert.True(compared >= LongRun.Count(1900, 10_000), $"Only {compared} faces could be compared.");
        TestContext.Current.SendDiagnosticMessage($"minAreaRect: {compared} faces, worst {worstPixels:G3} px, {worstDegrees:G3} degrees");
    }

    private static double Worst(EyeSlot a, EyeSlot b) => new[]
    {
        Math.Abs(a.CenterX - b.CenterX), Math.Abs(a.CenterY - b.CenterY), Math.Abs(a.Width - b.Width), Math.Abs(a.Height - b.Height),
    }.Max();

    private static EyeSlot Expected(double[] eyes)
    {
        var box = Cv2.MinAreaRect(eyes.Chunk(2).Select(point => new Point2f((float)point[0], (float)point[1])));
        var eyeTheta = BruteForce.EyeTheta(eyes);
        var turns = Enumerable.Range(0, 4).MinBy(turn => BruteForce.Difference(box.Angle + (90 * turn), eyeTheta));
        var (width, height) = turns % 2 == 0 ? (box.Size.Width, box.Size.Height) : (box.Size.Height, box.Size.Width);
        return new(box.Center.X, box.Center.Y, width, height, Direction.OfDegrees(box.Angle + (90 * turns)));
    }
}
