namespace EyeSlots.Core.Geometry;

/// <summary>The tightest box of points in a turned frame: coordinates along and across the frame's direction.</summary>
internal readonly record struct Extents(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    /// <summary>The box in the frame whose x axis has the given direction.</summary>
    public static Extents Of(ReadOnlySpan<PointD> points, Direction direction)
    {
        var (cos, sin) = direction;
        var box = new Extents(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var point in points)
        {
            var (along, across) = ((cos * point.X) + (sin * point.Y), (cos * point.Y) - (sin * point.X));
            box = new(Math.Min(box.Left, along), Math.Min(box.Top, across), Math.Max(box.Right, along), Math.Max(box.Bottom, across));
        }

        return box;
    }
}
