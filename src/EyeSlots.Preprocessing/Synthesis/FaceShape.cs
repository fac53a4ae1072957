using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>
/// The 68 iBUG points of a drawn face in its own frame: width 1, centre 0, y down. Arousal opens the eyes; valence lifts the inner ends
/// of the brows and the lower lids, and bends the mouth.
/// </summary>
internal static class FaceShape
{
    public const double EyeX = 0.215, EyeY = -0.14, EyeHalfWidth = 0.1;

    /// <summary>Half the opening of an eye.</summary>
    public static double Opening(double arousal) => 0.036 + (0.02 * arousal);

    /// <summary>Radius of a pupil.</summary>
    public static double Pupil(double arousal) => 0.019 + (0.007 * arousal);

    public static (double X, double Y)[] Points(double valence, double arousal)
    {
        var points = new (double X, double Y)[68];
        for (var i = 0; i <= 16; i++)
        {
            var (x, y) = Direction.OfDegrees(180.0 * i / 16);
            points[i] = (-0.5 * x, -0.08 + (0.66 * y));
        }

        for (var i = 0; i < 5; i++)
        {
            var y = -0.29 - (0.02 * Direction.OfDegrees(45 * i).Y) - (0.02 * arousal) - (0.045 * valence * i / 4);
            points[17 + i] = (-0.37 + (0.065 * i), y);
            points[26 - i] = (0.37 - (0.065 * i), y);
        }

        for (var i = 0; i < 4; i++) points[27 + i] = (0, -0.15 + (0.075 * i));
        for (var i = 0; i < 5; i++) points[31 + i] = (-0.09 + (0.045 * i), 0.12 + (i is 1 or 2 or 3 ? 0.015 : 0));
        Eyes(points, valence, arousal);
        Mouth(points, valence);
        return points;
    }

    private static void Eyes((double X, double Y)[] points, double valence, double arousal)
    {
        var (upper, lower) = (Opening(arousal), Opening(arousal) * (1 - (0.35 * valence)));
        (double X, double Y)[] eye =
            [(-1, 0), (-0.4, -upper), (0.4, -upper), (1, 0), (0.4, lower), (-0.4, lower)];
        for (var i = 0; i < 6; i++)
        {
            points[36 + i] = (-EyeX + (eye[i].X * EyeHalfWidth), EyeY + eye[i].Y);
            points[42 + i] = (EyeX + (eye[i].X * EyeHalfWidth), EyeY + eye[i].Y);
        }
    }

    private static void Mouth((double X, double Y)[] points, double valence)
    {
        for (var i = 0; i < 20; i++)
        {
            var inner = i >= 12;
            var (cos, sin) = Direction.OfDegrees(180 + (inner ? 45 * (i - 12) : 30 * i));
            var (x, y) = ((inner ? 0.14 : 0.18) * cos, (inner ? 0.012 : 0.05) * sin);
            points[48 + i] = (x, 0.3 + y - (2.2 * valence * x * x));
        }
    }
}
