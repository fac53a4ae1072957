using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>Random numbers of the distributions that faces are drawn from, by + − × ÷ √ alone: a seed gives one data set on every machine.</summary>
internal static class Draws
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>A direction, each as likely.</summary>
    public static Direction Direction(Random random) => Core.Geometry.Direction.OfDegrees(360 * random.NextDouble());

    /// <summary>The standard normal distribution (Box and Muller).</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Ln(1 - random.NextDouble())) * Direction(random).X;

    /// <summary>Spread evenly over the logarithm between both ends.</summary>
    public static double LogUniform(Random random, double low, double high)
    {
        // (high / low)^u, by the binary digits of u: each is worth a root of the one before.
        var (value, root, rest) = (low, high / low, random.NextDouble());
        for (var digit = 0; digit < 48; digit++)
        {
            (root, rest) = (Math.Sqrt(root), 2 * rest);
            if (rest < 1) continue;
            (value, rest) = (value * root, rest - 1);
        }

        return value;
    }

    /// <summary>e to the power of a number between -700 and 700: a power of 2, and the series of the rest.</summary>
    internal static double Exp(double value)
    {
        var exponent = Math.Round(value / Ln2);
        var rest = value - (exponent * Ln2);
        var sum = 1.0;
        for (var n = 18; n > 0; n--) sum = 1 + (rest / n * sum);
        return Math.ScaleB(sum, (int)exponent);
    }

    /// <summary>The natural logarithm of a number above 0: the exponent's, and the series of the rest about 1.</summary>
    internal static double Ln(double value)
    {
        var exponent = Math.ILogB(value);
        var fraction = Math.ScaleB(value, -exponent);
        if (fraction > 1.4142135623730951) (fraction, exponent) = (fraction / 2, exponent + 1);
        var part = (fraction - 1) / (fraction + 1);
        var sum = 0.0;
        for (var n = 23; n > 0; n -= 2) sum = (1.0 / n) + (part * part * sum);
        return (exponent * Ln2) + (2 * part * sum);
    }
}
