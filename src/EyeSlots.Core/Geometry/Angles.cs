namespace EyeSlots.Core.Geometry;

/// <summary>Angles in degrees, positive clockwise in the image.</summary>
internal static class Angles
{
    /// <summary>The same direction in (-180, 180].</summary>
    public static double Normalize(double degrees)
    {
        while (degrees > 180) degrees -= 360;
        while (degrees <= -180) degrees += 360;
        return degrees;
    }
}
