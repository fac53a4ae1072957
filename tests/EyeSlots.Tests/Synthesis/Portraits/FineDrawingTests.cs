using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Preprocessing.Synthesis.Portraits;
using OpenCvSharp;

namespace EyeSlots.Tests.Synthesis.Portraits;

/// <summary>Shapes have the size that was asked for, not the nearest one in pixels.</summary>
public sealed class FineDrawingTests
{
    private const int Side = 200;

    [Fact]
    public void Fill_OfCirclesThatGrowByATwentiethOfAPixel_DarkensMoreEachTime()
    {
        var before = 0.0;
        for (var radius = 2.0; radius < 8; radius += 0.05)
        {
            var area = Darkened(radius);
            Assert.True(area > before, $"A circle of {radius:F2} pixels covers {area:F1}, no more than the smaller one before.");
            before = area;
        }
    }

    [Fact]
    public void Fill_OfACircle_CoversItsAreaAndAtMostATenthOfAPixelAround() => Assert.InRange(Darkened(8), Math.PI * 8 * 8, Math.PI * 8.12 * 8.12);

    [Fact]
    public void Within_AnEdge_LeavesTheRestAsItWas()
    {
        var face = Face();
        using var image = Grey();
        using var drawing = new FineDrawing(image, face, new Rect(0, 0, Side, Side));
        drawing.Within(Circle(face, 10), () => drawing.Fill(Circle(face, 40), Scalar.Black));
        drawing.Finish();
        Assert.Equal(Darkened(10), Sum(image), 1.0);
    }

    private static double Darkened(double radius)
    {
        var face = Face();
        using var image = Grey();
        using var drawing = new FineDrawing(image, face, new Rect(0, 0, Side, Side));
        drawing.Fill(Circle(face, radius), Scalar.Black);
        drawing.Finish();
        return Sum(image);
    }

    // Pixels that became black, those in part by their part.
    private static double Sum(Mat image) => ((200.0 * Side * Side) - image.Sum().Val0) / 200;

    private static Mat Grey() => new(Side, Side, MatType.CV_8UC3, Scalar.All(200));

    private static SynthFace Face() => SynthFace.Of(new Random(1), Side, 0, Framing.Usual, [null])[0];

    private static (double X, double Y)[] Circle(SynthFace face, double radius) => [.. Enumerable.Range(0, 90).Select(i =>
    {
        var (x, y) = Direction.OfDegrees(4 * i);
        return (radius * x / face.Scale, radius * y / face.Scale);
    })];
}
