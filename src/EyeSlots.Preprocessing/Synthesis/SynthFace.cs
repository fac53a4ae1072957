using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Synthesis.Portraits;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>
/// One face before it is drawn: its labels, what its eyes show, and its 68 landmarks. Shown is the label plus noise, so no reader of
/// the eyes can do better than the noise allows.
/// </summary>
internal sealed class SynthFace
{
    /// <summary>Standard deviation of the degrees by which most heads are tilted.</summary>
    private const double UsualRoll = 9.74;

    private SynthFace(double valence, double arousal, double noise, Random random, double centerX, double centerY, double scale, int turnedOneOf, Portrait? portrait)
    {
        (Valence, Arousal) = (Math.Round(valence, 6), Math.Round(arousal, 6));
        ShownValence = Math.Clamp(Valence + (noise * Draws.Normal(random)), -1.2, 1.2);
        ShownArousal = Math.Clamp(Arousal + (noise * Draws.Normal(random)), -1.2, 1.2);
        Roll = random.Next(turnedOneOf) == 0 ? Draws.Direction(random) : Direction.OfDegrees(Draws.Normal(random) * UsualRoll);
        (CenterX, CenterY, Scale, Tone) = (centerX, centerY, scale, random.NextDouble());
        Portrait = portrait is null ? null : portrait with { Valence = ShownValence, Arousal = ShownArousal };
        Points = Placed(Portrait?.Points() ?? FaceShape.Points(ShownValence, ShownArousal), 0, random);
        Landmarks = Portrait is { Shot.Detector: > 0 } drawn ? Placed(drawn.Points(), drawn.Shot.Detector * Scale, random) : Points;
    }

    public double Valence { get; }

    public double Arousal { get; }

    public double ShownValence { get; }

    public double ShownArousal { get; }

    /// <summary>From the face's left to its right, as it is drawn.</summary>
    public Direction Roll { get; }

    public double CenterX { get; }

    public double CenterY { get; }

    /// <summary>Pixels of the face's width.</summary>
    public double Scale { get; }

    /// <summary>Skin, 0 dark to 1 light.</summary>
    public double Tone { get; }

    /// <summary>Who is drawn and how, or null where all faces look alike.</summary>
    public Portrait? Portrait { get; }

    /// <summary>The 68 points as they are drawn.</summary>
    public double[] Points { get; }

    /// <summary>The 68 points as the list states them: a detector errs.</summary>
    public double[] Landmarks { get; }

    /// <summary>One of AffectNet's eight expressions that fits the labels.</summary>
    public int Expression => (Valence * Valence) + (Arousal * Arousal) < 0.04 ? 0 : (Valence > 0, Arousal > 0) switch
    {
        (true, true) => 1,
        (true, false) => 0,
        (false, true) => 6,
        _ => 2,
    };

    /// <summary>Draws the numbers of one or two faces of an image.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="side">Pixels of the image's side.</param>
    /// <param name="noise">Standard deviation between label and shown.</param>
    /// <param name="framing">Where a face lies.</param>
    /// <param name="portraits">For each face who it is and how it is seen, or null where all faces look alike.</param>
    public static SynthFace[] Of(Random random, int side, double noise, Framing framing, IReadOnlyList<Portrait?> portraits)
    {
        var (faces, count) = (new SynthFace[portraits.Count], portraits.Count);
        for (var i = 0; i < count; i++)
        {
            var (radius, labels) = (Math.Sqrt(random.NextDouble()), Draws.Direction(random));
            var scale = side * (framing.Width + (framing.WidthRange * random.NextDouble())) / count;
            var (x, y) = (side * ((i + 0.5) / count), side * (framing.Middle + (framing.MiddleRange * random.NextDouble())));
            faces[i] = new(radius * labels.X, radius * labels.Y, noise, random, x, y, scale, framing.TurnedOneOf, portraits[i]);
        }

        return faces;
    }

    /// <summary>From the face's frame (width 1, y down) to the image.</summary>
    public (double X, double Y) Place(double x, double y)
    {
        if (Portrait is { } portrait) x = portrait.Shot.Turned(x);
        var (cos, sin) = Roll;
        return (CenterX + (Scale * ((cos * x) - (sin * y))), CenterY + (Scale * ((sin * x) + (cos * y))));
    }

    private double[] Placed((double X, double Y)[] points, double error, Random random)
    {
        var numbers = new double[2 * points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = Place(points[i].X, points[i].Y);
            if (error > 0) (x, y) = (x + (error * Draws.Normal(random)), y + (error * Draws.Normal(random)));
            (numbers[2 * i], numbers[(2 * i) + 1]) = (Math.Round(x, 2), Math.Round(y, 2));
        }

        return numbers;
    }
}
