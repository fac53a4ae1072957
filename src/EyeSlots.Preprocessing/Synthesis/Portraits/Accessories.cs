using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>Paints what lies before the eyes of some persons.</summary>
internal static class Accessories
{
    /// <summary>Strands fall from the hair over the outer half of one eye.</summary>
    public static void Paint(FineDrawing drawing, Lock hair, Person person)
    {
        const double apart = 0.012, width = 0.007, top = -0.54, length = 0.6, bow = 0.03;
        for (var strand = 0; strand < hair.Strands; strand++)
        {
            var x = person.Eyes.Distance + hair.Across - bow + (apart * strand);
            (double X, double Y)[] points = [.. Enumerable.Range(0, 9).Select(i => Strand(x, i / 8.0))];
            drawing.Line(points, width, Colours.Between(person.Colours.Hair, person.Colours.Skin, 0.04 * strand));
        }

        (double X, double Y) Strand(double x, double down) => (hair.Side * (x + (hair.Lean * (down - 0.5)) + (4 * bow * down * (1 - down))), top + (length * down));
    }

    /// <summary>Both rims and the bridge between them.</summary>
    public static void Paint(FineDrawing drawing, Glasses glasses, Person person)
    {
        const double below = 0.012;
        var colour = Colours.Between(new Scalar(20, 20, 22), new Scalar(150, 175, 190), glasses.Shade);
        var (middle, y) = (person.Eyes.Distance, FaceShape.EyeY + below);
        foreach (var side in (int[])[-1, 1]) drawing.Line(Rim(glasses, side * middle, y), glasses.Rim, colour, closed: true);
        var inner = middle - glasses.Width;
        if (inner > 0) drawing.Line([(-inner, y), (0, y - 0.02), (inner, y)], glasses.Rim, colour);
    }

    // Between a circle, x² + y² = 1, and one that bulges into its corners, x⁴ + y⁴ = 1.
    private static IEnumerable<(double X, double Y)> Rim(Glasses glasses, double x, double y) => Enumerable.Range(0, 48).Select(i =>
    {
        var (cos, sin) = Direction.OfDegrees(7.5 * i);
        var corner = 1 / Math.Sqrt(Math.Sqrt((cos * cos * cos * cos) + (sin * sin * sin * sin)));
        var reach = 1 + (glasses.Square * (corner - 1));
        return (x + (glasses.Width * reach * cos), y + (glasses.Height * reach * sin));
    });
}
