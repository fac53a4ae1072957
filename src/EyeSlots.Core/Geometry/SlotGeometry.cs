namespace EyeSlots.Core.Geometry;

/// <summary>From eye landmarks to the eye slot. Pure: no image, no allocation but for the text of a refusal.</summary>
public static class SlotGeometry
{
    /// <summary>Landmarks beyond this many pixels from the origin are refused.</summary>
    public const double FarthestCoordinate = 1_000_000;

    /// <summary>Hulls thinner than this share of their extent count as a line: rounding noise of doubles, far below any landmark's precision.</summary>
    private const double LineTolerance = 1e-9;

    /// <summary>Finds the slot of a face.</summary>
    /// <param name="eyes">46 numbers, the points of <see cref="EyeLandmarks"/> in pixels of the stored image.</param>
    /// <param name="options">Direction and growth.</param>
    /// <param name="slot">The grown slot.</param>
    /// <param name="why">What is wrong with the landmarks, or null.</param>
    /// <returns>False when the points are not finite, too far, all on one line, or have equal eye centres.</returns>
    public static bool TryFind(ReadOnlySpan<double> eyes, SlotOptions options, out EyeSlot slot, out string? why)
    {
        slot = default;
        why = WhyRefused(eyes);
        if (why is not null) return false;

        // About the first point, so that faces far from the origin lose no digits.
        Span<PointD> points = stackalloc PointD[EyeLandmarks.Points];
        for (var i = 0; i < points.Length; i++) points[i] = new(eyes[2 * i] - eyes[0], eyes[(2 * i) + 1] - eyes[1]);
        var (x, y) = EyeVector(points);
        if (x == 0 && y == 0) return Refuse("the centres of both eyes are the same point", out why);
        Span<PointD> hull = stackalloc PointD[2 * EyeLandmarks.Points];
        hull = hull[..ConvexHull.Find(points, hull)];
        if (IsLine(hull)) return Refuse("all points lie on one line", out why);
        var eyeLine = Direction.Of(x, y);
        var direction = options.Angle == AngleMode.EyeLine ? eyeLine : RotatingCalipers.DirectionOf(hull, eyeLine);
        slot = Box(hull, direction, eyes[0], eyes[1], options);
        return true;
    }

    private static bool Refuse(string because, out string? why)
    {
        why = because;
        return false;
    }

    private static string? WhyRefused(ReadOnlySpan<double> eyes)
    {
        if (eyes.Length != EyeLandmarks.Coordinates) return "not all points are there";
        foreach (var value in eyes)
        {
            if (!double.IsFinite(value)) return "a coordinate is not finite";
            if (Math.Abs(value) > FarthestCoordinate) return "a coordinate is beyond ±1,000,000";
        }

        return null;
    }

    // From one eye's centre to the other's, six times as long.
    private static (double X, double Y) EyeVector(ReadOnlySpan<PointD> points)
    {
        var (x, y) = (0.0, 0.0);
        for (var i = 0; i < 6; i++)
        {
            x += points[EyeLandmarks.SecondEye + i].X - points[EyeLandmarks.FirstEye + i].X;
            y += points[EyeLandmarks.SecondEye + i].Y - points[EyeLandmarks.FirstEye + i].Y;
        }

        return (x, y);
    }

    private static bool IsLine(ReadOnlySpan<PointD> hull)
    {
        if (hull.Length < 3) return true;
        var box = Extents.Of(hull, Direction.Right);
        var longest = Math.Max(box.Width, box.Height);
        return SlotCorners.Area(hull) <= LineTolerance * longest * longest;
    }

    private static EyeSlot Box(ReadOnlySpan<PointD> hull, Direction direction, double originX, double originY, SlotOptions options)
    {
        var (cos, sin) = direction;
        var box = Extents.Of(hull, direction);
        var (along, across) = ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
        return new(
            originX + (cos * along) - (sin * across),
            originY + (sin * along) + (cos * across),
            box.Width * (1 + options.GrowX),
            box.Height * (1 + options.GrowY),
            direction);
    }
}
