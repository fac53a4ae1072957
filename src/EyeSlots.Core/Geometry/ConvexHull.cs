namespace EyeSlots.Core.Geometry;

/// <summary>The convex hull of a few points by Andrew's monotone chain.</summary>
internal static class ConvexHull
{
    /// <summary>Sorts the points and writes the hull's corners, none twice and none on an edge; fewer than 3 when all lie on one line.</summary>
    /// <param name="points">The points; their order changes.</param>
    /// <param name="hull">Room for twice as many corners.</param>
    public static int Find(Span<PointD> points, Span<PointD> hull)
    {
        Sort(points);
        var count = 0;
        for (var i = 0; i < points.Length; i++) count = Append(hull, count, 0, points[i]);
        var lower = count - 1;
        for (var i = points.Length - 2; i >= 0; i--) count = Append(hull, count, lower, points[i]);
        return count - 1;
    }

    // By insertion: they are few, and neighbours in a face mostly lie in order.
    private static void Sort(Span<PointD> points)
    {
        for (var i = 1; i < points.Length; i++)
        {
            var (point, at) = (points[i], i);
            for (; at > 0 && (points[at - 1].X > point.X || (points[at - 1].X == point.X && points[at - 1].Y > point.Y)); at--) points[at] = points[at - 1];
            points[at] = point;
        }
    }

    private static int Append(Span<PointD> hull, int count, int start, PointD point)
    {
        while (count >= start + 2 && Cross(hull[count - 2], hull[count - 1], point) <= 0) count--;
        hull[count] = point;
        return count + 1;
    }

    private static double Cross(PointD o, PointD a, PointD b) => ((a.X - o.X) * (b.Y - o.Y)) - ((a.Y - o.Y) * (b.X - o.X));
}
