namespace EyeSlots.Core.Geometry;

/// <summary>
/// The minimum-area rectangle of a convex polygon has a side along one of its edges (Freeman and Shapira, 1975), so each edge is
/// tried. The direction among those of equal area, and among an edge's four, is the one nearest to the eye vector.
/// </summary>
internal static class RotatingCalipers
{
    /// <summary>Areas this close to the least, relative, count as equal.</summary>
    private const double AreaTolerance = 1e-9;

    /// <summary>Turns from the eye vector this close, in degrees, count as equal: the last digits of an arc tangent must not decide.</summary>
    private const double AngleTolerance = 1e-9;

    /// <summary>The direction of the rectangle in degrees, in (-180, 180].</summary>
    /// <param name="hull">At least three corners, in order.</param>
    /// <param name="eyeTheta">Direction of the eye vector in degrees.</param>
    public static double Direction(ReadOnlySpan<PointD> hull, double eyeTheta)
    {
        Span<double> areas = stackalloc double[hull.Length];
        for (var i = 0; i < hull.Length; i++) areas[i] = Area(hull, i);
        var limit = Least(areas) * (1 + AreaTolerance);
        var (best, bestDistance) = (double.NaN, double.MaxValue);
        for (var i = 0; i < hull.Length; i++)
        {
            if (areas[i] > limit) continue;
            var theta = Nearest(EdgeTheta(hull, i), eyeTheta);
            var distance = Math.Abs(Angles.Normalize(theta - eyeTheta));
            if (IsNearer(theta, distance, best, bestDistance)) (best, bestDistance) = (theta, distance);
        }

        return best;
    }

    private static double Area(ReadOnlySpan<PointD> hull, int edge)
    {
        var (from, to) = (hull[edge], hull[(edge + 1) % hull.Length]);
        var length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        var frame = Extents.Of(hull, (to.X - from.X) / length, (to.Y - from.Y) / length);
        return frame.Width * frame.Height;
    }

    private static double EdgeTheta(ReadOnlySpan<PointD> hull, int edge)
    {
        var (from, to) = (hull[edge], hull[(edge + 1) % hull.Length]);
        return Math.Atan2(to.Y - from.Y, to.X - from.X) * (180 / Math.PI);
    }

    private static double Nearest(double edgeTheta, double eyeTheta)
    {
        var (best, bestDistance) = (double.NaN, double.MaxValue);
        for (var turn = 0; turn < 4; turn++)
        {
            var theta = Angles.Normalize(edgeTheta + (90 * turn));
            var distance = Math.Abs(Angles.Normalize(theta - eyeTheta));
            if (IsNearer(theta, distance, best, bestDistance)) (best, bestDistance) = (theta, distance);
        }

        return best;
    }

    private static bool IsNearer(double theta, double distance, double best, double bestDistance) =>
        distance < bestDistance - AngleTolerance || (distance <= bestDistance + AngleTolerance && theta < best);

    private static double Least(ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values) least = Math.Min(least, value);
        return least;
    }
}
