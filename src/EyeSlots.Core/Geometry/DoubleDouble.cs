namespace EyeSlots.Core.Geometry;

/// <summary>
/// The unrounded sum of two doubles, some 106 bits (Dekker, 1971), so that a result is rounded once. From + − × ÷ alone, and without
/// fused multiplication, which not every processor has.
/// </summary>
/// <param name="High">The sum, rounded.</param>
/// <param name="Low">What rounding left out.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>2^27 + 1: parts a double into two halves of at most 26 bits.</summary>
    private const double Splitter = 134_217_729;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var sum = a.High + b.High;
        var part = sum - a.High;
        var lost = (a.High - (sum - part)) + (b.High - part);
        return Rounded(sum, lost + a.Low + b.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var (product, lost) = Product(a.High, b.High);
        return Rounded(product, lost + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var quotient = a.High / b.High;
        var (product, lost) = Product(quotient, b.High);
        var rest = (a.High - product - lost) + a.Low - (quotient * b.Low);
        return Rounded(quotient, rest / b.High);
    }

    /// <summary>Rounds to one double.</summary>
    public double ToDouble() => High + Low;

    private static DoubleDouble Product(double a, double b)
    {
        var ((aHigh, aLow), (bHigh, bLow)) = (Split(a), Split(b));
        var product = a * b;
        return new(product, (aHigh * bHigh) - product + (aHigh * bLow) + (aLow * bHigh) + (aLow * bLow));
    }

    private static DoubleDouble Split(double value)
    {
        var scaled = Splitter * value;
        var high = scaled - (scaled - value);
        return new(high, value - high);
    }

    // For a low part that is much smaller than the high one.
    private static DoubleDouble Rounded(double high, double low)
    {
        var sum = high + low;
        return new(sum, low - (sum - high));
    }
}
