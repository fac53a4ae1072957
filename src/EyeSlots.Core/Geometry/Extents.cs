using System.Runtime.Intrinsics;

namespace EyeSlots.Core.Geometry;

/// <summary>The tightest box of points in a turned frame: coordinates along and across the frame's direction.</summary>
internal readonly record struct Extents(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    /// <summary>The box in the frame whose x axis has the given direction.</summary>
    public static Extents Of(ReadOnlySpan<PointD> points, Direction direction)
    {
        // Both coordinates at once, by the processor's own least and largest: points are finite, and which zero an edge is decides no slot.
        var (cos, sin) = (Vector128.Create(direction.X), Vector128.Create(direction.Y, -direction.Y));
        var (least, most) = (Vector128.Create(double.MaxValue), Vector128.Create(double.MinValue));
        foreach (var point in points)
        {
            var turned = (cos * Vector128.Create(point.X, point.Y)) + (sin * Vector128.Create(point.Y, point.X));
            (least, most) = (Vector128.MinNative(least, turned), Vector128.MaxNative(most, turned));
        }

        return new(least[0], least[1], most[0], most[1]);
    }
}
