using EyeSlots.Core.Geometry;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>
/// A part of a photograph, magnified while it is drawn on, so that the size of a pupil is not rounded to pixels. Its owner disposes of
/// it after <see cref="Finish"/>.
/// </summary>
internal sealed class FineDrawing : IDisposable
{
    private const int Magnification = 4, FractionBits = 4;
    private readonly Mat part;
    private readonly Mat fine;
    private readonly SynthFace face;
    private readonly Rect bounds;

    /// <param name="image">The photograph.</param>
    /// <param name="face">In whose frame shapes are given.</param>
    /// <param name="bounds">The part of the photograph, within it.</param>
    public FineDrawing(Mat image, SynthFace face, Rect bounds)
    {
        (this.face, this.bounds) = (face, bounds);
        part = new Mat(image, bounds);
        fine = part.Resize(new Size(bounds.Width * Magnification, bounds.Height * Magnification), 0, 0, InterpolationFlags.Nearest);
    }

    /// <summary>Fills a shape.</summary>
    public void Fill(IEnumerable<(double X, double Y)> edge, Scalar colour) => Fill(fine, edge, colour);

    /// <summary>Draws a line of the given width, a share of the face's, through points.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, double width, Scalar colour, bool closed = false) =>
        fine.Polylines([Points(points)], closed, colour, Math.Max(1, (int)Math.Round(width * face.Scale * Magnification)), LineTypes.Link8, FractionBits);

    /// <summary>Lets shapes show within an edge only.</summary>
    public void Within(IReadOnlyList<(double X, double Y)> edge, Action draw)
    {
        using var before = fine.Clone();
        using var outside = new Mat(fine.Size(), MatType.CV_8UC1, Scalar.White);
        Fill(outside, edge, Scalar.Black);
        draw();
        before.CopyTo(fine, outside);
    }

    /// <summary>Puts the drawing into the photograph: every pixel becomes the mean of what was drawn on it.</summary>
    public void Finish()
    {
        using var mean = fine.Resize(bounds.Size, 0, 0, InterpolationFlags.Area);
        mean.CopyTo(part);
    }

    public void Dispose()
    {
        fine.Dispose();
        part.Dispose();
    }

    private void Fill(Mat on, IEnumerable<(double X, double Y)> edge, Scalar colour) => on.FillPoly([Points(edge)], colour, LineTypes.Link8, FractionBits);

    private Point[] Points(IEnumerable<(double X, double Y)> points) => [.. points.Select(point =>
    {
        var (x, y) = face.Place(point.X, point.Y);
        return new Point(Fine(x - bounds.X), Fine(y - bounds.Y));
    })];

    // Pixels are counted from the middle of the first one.
    private static int Fine(double pixels) => (int)Math.Round((((pixels + 0.5) * Magnification) - 0.5) * (1 << FractionBits));
}
