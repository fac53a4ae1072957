namespace EyeSlots.Core.Geometry;

/// <summary>x' = M11·x + M12·y + Dx, y' = M21·x + M22·y + Dy; in pixels, integer coordinates are pixel centres.</summary>
public readonly record struct Affine(double M11, double M12, double Dx, double M21, double M22, double Dy)
{
    /// <summary>Every point stays where it is.</summary>
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Maps a point.</summary>
    public (double X, double Y) Map(double x, double y) => ((M11 * x) + (M12 * y) + Dx, (M21 * x) + (M22 * y) + Dy);

    /// <summary>The map that does first the other one, then this.</summary>
    public Affine After(in Affine first)
    {
        var (dx, dy) = Map(first.Dx, first.Dy);
        return new(
            (M11 * first.M11) + (M12 * first.M21), (M11 * first.M12) + (M12 * first.M22), dx,
            (M21 * first.M11) + (M22 * first.M21), (M21 * first.M12) + (M22 * first.M22), dy);
    }
}
