namespace EyeSlots.Preprocessing.Synthesis.Portraits;

/// <summary>
/// Where the parts of one eye lie in the face's frame. Two ratios tell the labels and nothing else does so exactly: what the lower lid
/// opens of what the upper one opens tells valence, the pupil's radius of the iris' radius tells arousal.
/// </summary>
internal sealed class EyeOutline(Eyes eyes, Shot shot, int side, double valence, double arousal)
{
    private const double HalfWidth = 0.115, UpperOpening = 0.05, IrisRadius = 0.056;
    private const double UsualPupil = 0.42, PupilOfArousal = 0.2, LowerOfValence = 0.55;

    /// <summary>A faint hint besides: excited eyes are a little wider open.</summary>
    private const double OpenOfArousal = 0.15;

    /// <summary>What the lower lid opens, as a share of what the upper one opens.</summary>
    public double LowerShare => 1 - (LowerOfValence * valence);

    /// <summary>The pupil's radius as a share of the iris'.</summary>
    public double PupilShare => UsualPupil + (PupilOfArousal * arousal);

    /// <summary>Radius of the iris.</summary>
    public double Iris => IrisRadius * eyes.Size;

    /// <summary>Middle of iris and pupil.</summary>
    public (double X, double Y) Centre =>
        ((side * eyes.Distance) + (shot.GazeX * HalfWidth * eyes.Size), FaceShape.EyeY + (shot.GazeY * Opening));

    private double Opening => UpperOpening * eyes.Size * eyes.Openness * shot.Squint * (1 + (OpenOfArousal * arousal));

    /// <summary>Where landmark i of the upper lid lies, from the image's left corner (-1) to the right one (1).</summary>
    public static double LandmarkAt(int i) => i switch { 0 => -1, 1 => -0.4, 2 => 0.4, _ => 1 };

    /// <summary>The upper lid's edge, from the image's left corner (-1) to the right one (1).</summary>
    public (double X, double Y) Upper(double at) => Lid(at, -Opening);

    /// <summary>The lower lid's edge.</summary>
    public (double X, double Y) Lower(double at) => Lid(at, Opening * LowerShare);

    /// <summary>The crease of the upper lid.</summary>
    public (double X, double Y) Crease(double at)
    {
        var (x, y) = Lid(at, -Opening);
        return (x, y - (UpperOpening * eyes.Size * eyes.Crease * (1 - (0.5 * at * at))));
    }

    /// <summary>The fold below the eye.</summary>
    public (double X, double Y) Bag(double at)
    {
        var (x, y) = Lid(0.8 * at, Opening * LowerShare);
        return (x, y + (0.3 * UpperOpening * eyes.Size));
    }

    private (double X, double Y) Lid(double at, double opening)
    {
        var outwards = side * at;
        var open = opening * (1 - (at * at)) * (1 + (eyes.Peak * outwards));
        var half = HalfWidth * eyes.Size;
        return ((side * eyes.Distance) + (at * half), FaceShape.EyeY + open - (eyes.Slant * half * outwards));
    }
}
