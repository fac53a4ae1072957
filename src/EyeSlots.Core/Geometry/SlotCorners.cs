namespace EyeSlots.Core.Geometry;

/// <summary>A slot as a polygon, and its part inside the image (Sutherland and Hodgman's clipping).</summary>
internal static class SlotCorners
{
    /// <summary>Four corners, and at most one more for each of the four edges that clip them.</summary>
    public const int Room = 8;

    /// <summary>Writes the four corners, clockwise in the image.</summary>
    public static void Of(in EyeSlot slot, Span<PointD> corners)
    {
        var (x, y) = (slot.Width / 2, slot.Height / 2);
        corners[0] = At(slot, -x, -y);
        corners[1] = At(slot, x, -y);
        corners[2] = At(slot, x, y);
        corners[3] = At(slot, -x, y);
    }

    /// <summary>Clips the four corners to a box, in place; returns how many corners are left.</summary>
    public static int Clip(Span<PointD> corners, double left, double top, double right, double bottom)
    {
        var count = ClipEdge(corners, 4, 1, 0, -left);
        count = ClipEdge(corners, count, -1, 0, right);
        count = ClipEdge(corners, count, 0, 1, -top);
        return ClipEdge(corners, count, 0, -1, bottom);
    }

    /// <summary>The area of a polygon (shoelace formula), about its first corner so that far slots lose no digits.</summary>
    public static double Area(ReadOnlySpan<PointD> corners)
    {
        var twice = 0.0;
        for (var i = 1; i + 1 < corners.Length; i++)
        {
            var (a, b, o) = (corners[i], corners[i + 1], corners[0]);
            twice += ((a.X - o.X) * (b.Y - o.Y)) - ((b.X - o.X) * (a.Y - o.Y));
        }

        return Math.Abs(twice) / 2;
    }

    private static PointD At(in EyeSlot slot, double x, double y)
    {
        var (cos, sin) = slot.Direction;
        return new(slot.CenterX + (cos * x) - (sin * y), slot.CenterY + (sin * x) + (cos * y));
    }

    // Keeps the half plane a·x + b·y + c >= 0.
    private static int ClipEdge(Span<PointD> corners, int count, double a, double b, double c)
    {
        Span<PointD> kept = stackalloc PointD[Room];
        var written = 0;
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (corners[i], corners[(i + 1) % count]);
            var (here, there) = ((a * from.X) + (b * from.Y) + c, (a * to.X) + (b * to.Y) + c);
            if (here >= 0) kept[written++] = from;
            if (here >= 0 != there >= 0)
            {
                var share = here / (here - there);
                kept[written++] = new(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));
            }
        }

        kept[..written].CopyTo(corners);
        return written;
    }
}
