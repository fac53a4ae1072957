namespace EyeSlots.Core.Geometry;

/// <summary>
/// The angle of a vector, of our own: the C library's differs in its last bit from release to release, and from processor to processor.
/// With twice the digits of a double until the last rounding, so it never falls where the angle grows.
/// </summary>
internal static class ArcTangent
{
    /// <summary>Steps of the tables below: the arc tangent of each sixteenth from 0 to 1.</summary>
    private const int Steps = 16;

    private static readonly DoubleDouble DegreesOfRadian = new(57.29577951308232, -1.9878495670576283e-15);

    // In degrees; each row holds what rounding to the row above left out.
    private static ReadOnlySpan<double> High =>
    [
        0, 3.576334374997351, 7.125016348901798, 10.619655276155134, 14.036243467926479, 17.35402463626132, 20.556045219583464,
        23.629377730656817, 26.56505117707799, 29.357753542791272, 32.005383208083494, 34.5085229876684, 36.86989764584402,
        39.0938588862295, 41.18592516570965, 43.1523897340054, 45,
    ];

    private static ReadOnlySpan<double> Low =>
    [
        0, -4.254839715196495e-17, -1.2948639595014213e-16, 3.9353821206767933e-16, -1.178545638282857e-16, 2.629325578208967e-16,
        7.735753643362621e-16, -3.857270537916843e-17, -6.673432494950659e-16, 3.183231713449758e-16, 1.8761647814886433e-15,
        1.6654005518742188e-15, 1.3346864989901319e-15, 2.335881743638655e-15, -2.0942594695766676e-15, 8.502900827062482e-16, 0,
    ];

    /// <summary>The angle in (-180, 180]; exact at the multiples of 45 degrees, never -0.</summary>
    /// <param name="y">Not 0 where <paramref name="x"/> is.</param>
    /// <param name="x">Not 0 where <paramref name="y"/> is.</param>
    public static double Degrees(double y, double x)
    {
        var (across, along) = (Math.Abs(y), Math.Abs(x));
        var angle = across <= along ? OfRatio(across, along) : 90 - OfRatio(along, across);
        var degrees = (x < 0 ? 180 - angle : angle).ToDouble();
        return y < 0 && degrees < 180 ? -degrees : degrees;
    }

    // atan t = atan c + atan((t − c) / (1 + c t)), with c the nearest sixteenth.
    private static DoubleDouble OfRatio(double shorter, double longer)
    {
        var tangent = (DoubleDouble)shorter / longer;
        var step = (int)((Steps * tangent.High) + 0.5);
        DoubleDouble near = step / (double)Steps;
        var rest = (tangent - near) / (1 + (near * tangent));
        return new DoubleDouble(High[step], Low[step]) + ((rest + Series(rest.High)) * DegreesOfRadian);
    }

    // atan t − t for |t| up to 1/32: a thousandth of t, so the digits of a double are enough.
    private static double Series(double t)
    {
        var square = t * t;
        return -t * square * ((1.0 / 3) - (square * ((1.0 / 5) - (square * ((1.0 / 7) - (square * ((1.0 / 9) - (square / 11))))))));
    }
}
