namespace EyeSlots.Core.Geometry;

/// <summary>x' = M11·x + M12·y + Dx, y' = M21·x + M22·y + Dy; in pixels, integer coordinates are pixel centres.</summary>
public readonly record struct Affine(double M11, double M12, double Dx, double M21, double M22, double Dy)
{
    /// <summary>Maps a point.</summary>
    public (double X, double Y) Map(double x, double y) => ((M11 * x) + (M12 * y) + Dx, (M21 * x) + (M22 * y) + Dy);
}
