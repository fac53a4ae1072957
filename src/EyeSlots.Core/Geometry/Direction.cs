namespace EyeSlots.Core.Geometry;

/// <summary>
/// A unit vector in the image, y down. It is found by + − × ÷ √ alone, which IEEE 754 fixes to the last bit, so every processor and
/// every C library gives the same one.
/// </summary>
/// <param name="X">The cosine of the angle.</param>
/// <param name="Y">The sine of the angle, positive clockwise in the image.</param>
public readonly record struct Direction(double X, double Y)
{
    /// <summary>The direction of 0 degrees: to the right.</summary>
    public static Direction Right { get; } = new(1, 0);

    /// <summary>The angle, in (-180, 180]. For people and for the column: nothing is computed from it.</summary>
    public double Degrees => ArcTangent.Degrees(Y, X);

    /// <summary>A quarter turn clockwise in the image.</summary>
    public Direction QuarterTurn() => new(-Y, X);

    /// <summary>The direction of a vector of any length but 0.</summary>
    public static Direction Of(double x, double y)
    {
        // By the longer side first: squares of what is very short would vanish.
        var longer = Math.Max(Math.Abs(x), Math.Abs(y));
        (x, y) = (x / longer, y / longer);
        var length = Math.Sqrt((x * x) + (y * y));
        return new(x / length, y / length);
    }

    /// <summary>The direction of an angle: <see cref="Degrees"/> gives it back but for its last digits.</summary>
    public static Direction OfDegrees(double degrees)
    {
        var quarters = Math.Round(degrees / 90);
        var radians = (degrees - (90 * quarters)) * (Math.PI / 180);
        var direction = Near(radians);
        for (var turn = 0; turn < (((int)(quarters % 4)) + 4) % 4; turn++) direction = direction.QuarterTurn();
        return direction;
    }

    // The series of sine and cosine, within an eighth of a turn of 0.
    private static Direction Near(double radians)
    {
        const int terms = 9;
        var (square, sine, cosine) = (radians * radians, 1.0, 1.0);
        for (var n = 2 * terms; n > 0; n -= 2)
        {
            cosine = 1 - (cosine * square / (n * (n - 1)));
            sine = 1 - (sine * square / (n * (n + 1)));
        }

        return new(cosine, radians * sine);
    }
}
