namespace EyeSlots.Core.Geometry;

/// <summary>
/// The minimum-area rectangle of a convex polygon has a side along one of its edges (Freeman and Shapira, 1975), so each edge is
/// tried. The direction among those of equal area, and among an edge's four, is the one nearest to the eye vector.
/// </summary>
internal static class RotatingCalipers
{
    /// <summary>Areas this close to the least, relative, count as equal.</summary>
    private const double AreaTolerance = 1e-9;

    /// <summary>Distances from the eye vector this close count as equal, in radians: the last digits of an edge must not decide.</summary>
    private const double DistanceTolerance = 1e-11;

    /// <summary>The direction of the rectangle.</summary>
    /// <param name="hull">At least three corners, in order.</param>
    /// <param name="eyeLine">Direction of the eye vector.</param>
    public static Direction DirectionOf(ReadOnlySpan<PointD> hull, Direction eyeLine)
    {
        Span<double> areas = stackalloc double[hull.Length];
        for (var i = 0; i < hull.Length; i++) areas[i] = Area(hull, EdgeOf(hull, i));
        var limit = Least(areas) * (1 + AreaTolerance);
        var (best, least) = (default(Direction), double.MaxValue);
        for (var i = 0; i < hull.Length; i++)
        {
            if (areas[i] > limit) continue;
            var direction = EdgeOf(hull, i);
            for (var turn = 0; turn < 4; turn++, direction = direction.QuarterTurn())
            {
                var distance = Distance(direction, eyeLine);
                if (IsNearer(direction, distance, best, least)) (best, least) = (direction, distance);
            }
        }

        return best;
    }

    private static Direction EdgeOf(ReadOnlySpan<PointD> hull, int edge)
    {
        var (from, to) = (hull[edge], hull[(edge + 1) % hull.Length]);
        return Direction.Of(to.X - from.X, to.Y - from.Y);
    }

    private static double Area(ReadOnlySpan<PointD> hull, Direction edge)
    {
        var frame = Extents.Of(hull, edge);
        return frame.Width * frame.Height;
    }

    // The chord between two points of the unit circle grows with the angle, and is as long where that is small.
    private static double Distance(Direction a, Direction b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static bool IsNearer(Direction direction, double distance, Direction best, double least) =>
        distance < least - DistanceTolerance || (distance <= least + DistanceTolerance && IsSmaller(direction, best));

    // Whether the angle in (-180, 180] is the smaller one: first those above 0 degrees in the image, then by which side of the other it lies on.
    private static bool IsSmaller(Direction a, Direction b) => a.Y < 0 != b.Y < 0 ? a.Y < 0 : (a.X * b.Y) - (a.Y * b.X) > 0;

    private static double Least(ReadOnlySpan<double> values)
    {
        var least = values[0];
        foreach (var value in values) least = Math.Min(least, value);
        return least;
    }
}
