using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>Paints brows and eyes of a portrait, with what lies before them.</summary>
internal static class PortraitPainter
{
    private const int Steps = 24;
    private static readonly int[] Sides = [-1, 1];

    /// <summary>Paints over the face that is already in the image.</summary>
    public static void Paint(Mat image, SynthFace face, Portrait portrait)
    {
        var bounds = Bounds(face).Intersect(new Rect(0, 0, image.Width, image.Height));
        if (bounds.Width <= 0 || bounds.Height <= 0) return;
        using var drawing = new FineDrawing(image, face, bounds);
        foreach (var side in Sides)
        {
            Eye(drawing, portrait, portrait.Eye(side));
            drawing.Fill(portrait.Brow(side).Edge(), portrait.Person.Colours.Hair);
        }

        if (portrait.Person.Hair is { } hair) Accessories.Paint(drawing, hair, portrait.Person);
        if (portrait.Person.Glasses is { } glasses) Accessories.Paint(drawing, glasses, portrait.Person);
        drawing.Finish();
    }

    private static void Eye(FineDrawing drawing, Portrait portrait, EyeOutline eye)
    {
        var (eyes, colours) = (portrait.Person.Eyes, portrait.Person.Colours);
        drawing.Line(Along(eye.Bag), 0.008, Colours.Between(colours.Skin, colours.Fold, eyes.Bag));
        drawing.Fill([.. Along(eye.Crease), .. Along(eye.Upper).Reverse()], Colours.Between(colours.Skin, colours.Fold, 0.4));
        drawing.Line(Along(eye.Crease), 0.008, colours.Fold);
        List<(double X, double Y)> open = [.. Along(eye.Upper), .. Along(eye.Lower).Reverse()];
        drawing.Within(open, () =>
        {
            drawing.Fill(open, colours.White);
            drawing.Fill(Circle(eye.Centre, eye.Iris), Colours.Between(colours.Iris, Colours.Pupil, 0.5));
            drawing.Fill(Circle(eye.Centre, 0.9 * eye.Iris), colours.Iris);
            drawing.Fill(Circle(eye.Centre, eye.PupilShare * eye.Iris), Colours.Pupil);
        });
        drawing.Line(Along(eye.Lower), 0.006, colours.Fold);
        drawing.Line(Along(eye.Upper), eyes.Lash, Colours.Between(colours.Hair, Colours.Pupil, 0.5));
    }

    private static IEnumerable<(double X, double Y)> Along(Func<double, (double X, double Y)> edge) =>
        Enumerable.Range(0, Steps + 1).Select(i => edge((2.0 * i / Steps) - 1));

    private static IEnumerable<(double X, double Y)> Circle((double X, double Y) centre, double radius) => Enumerable.Range(0, 2 * Steps).Select(i =>
    {
        var (x, y) = Direction.OfDegrees(360.0 * i / (2 * Steps));
        return (centre.X + (radius * x), centre.Y + (radius * y));
    });

    // Whatever way the head is tilted.
    private static Rect Bounds(SynthFace face)
    {
        (double X, double Y)[] corners = [face.Place(-0.5, -0.56), face.Place(0.5, -0.56), face.Place(-0.5, 0.1), face.Place(0.5, 0.1)];
        var (left, top) = ((int)corners.Min(corner => corner.X), (int)corners.Min(corner => corner.Y));
        return new(left, top, (int)corners.Max(corner => corner.X) + 1 - left, (int)corners.Max(corner => corner.Y) + 1 - top);
    }
}
