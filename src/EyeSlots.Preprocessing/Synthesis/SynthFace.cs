using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>
/// One face before it is drawn: its labels, what its eyes show, and its 68 landmarks. Shown is the label plus noise, so no reader of
/// the eyes can do better than the noise allows.
/// </summary>
internal sealed class SynthFace
{
    /// <summary>Standard deviation of the degrees by which most heads are tilted.</summary>
    private const double UsualRoll = 9.74;

    private SynthFace(double valence, double arousal, double noise, Random random, double centerX, double centerY, double scale)
    {
        (Valence, Arousal) = (Math.Round(valence, 6), Math.Round(arousal, 6));
        ShownValence = Math.Clamp(Valence + (noise * Draws.Normal(random)), -1.2, 1.2);
        ShownArousal = Math.Clamp(Arousal + (noise * Draws.Normal(random)), -1.2, 1.2);
        Roll = random.Next(20) == 0 ? Draws.Direction(random) : Direction.OfDegrees(Draws.Normal(random) * UsualRoll);
        (CenterX, CenterY, Scale, Tone) = (centerX, centerY, scale, random.NextDouble());
        Landmarks = new double[136];
        var points = FaceShape.Points(ShownValence, ShownArousal);
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = Place(points[i].X, points[i].Y);
            (Landmarks[2 * i], Landmarks[(2 * i) + 1]) = (Math.Round(x, 2), Math.Round(y, 2));
        }
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
    public static SynthFace[] Of(Random random, int side, int count, double noise)
    {
        var faces = new SynthFace[count];
        for (var i = 0; i < count; i++)
        {
            var (radius, labels) = (Math.Sqrt(random.NextDouble()), Draws.Direction(random));
            var scale = side * (0.5 + (0.12 * random.NextDouble())) / count;
            faces[i] = new(radius * labels.X, radius * labels.Y, noise, random, side * ((i + 0.5) / count), side * (0.47 + (0.06 * random.NextDouble())), scale);
        }

        return faces;
    }

    /// <summary>From the face's frame (width 1, y down) to the image.</summary>
    public (double X, double Y) Place(double x, double y)
    {
        var (cos, sin) = Roll;
        return (CenterX + (Scale * ((cos * x) - (sin * y))), CenterY + (Scale * ((sin * x) + (cos * y))));
    }
}
