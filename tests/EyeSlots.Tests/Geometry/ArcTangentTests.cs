using System.Numerics;
using CsCheck;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Tests.Geometry;

/// <summary>Our arc tangent beside one in whole numbers with 160 binary digits, and what a column of angles must hold.</summary>
public sealed class ArcTangentTests
{
    private const int Digits = 160;
    private static readonly int Vectors = LongRun.Count(20_000, 1_000_000);
    private static readonly BigInteger One = BigInteger.One << Digits;
    private static readonly BigInteger Pi = 4 * ((4 * Series(One / 5)) - Series(One / 239)); // Machin's formula

    private static readonly Gen<double> Side = Gen.Double[-1, 1].Where(side => Math.Abs(side) > 1e-6);

    private static readonly Gen<(double X, double Y)> Any = Gen.Select(Side, Side, Gen.Int[0, 40], Gen.Bool, (x, y, thinner, isSteep) =>
    {
        var thin = Math.ScaleB(y, -thinner);
        return isSteep ? (thin, x) : (x, thin);
    });

    [Fact]
    public void Degrees_AnyVector_IsTheNearestDouble() => Seeded.ForAll(Any, Vectors, vector =>
    {
        var (own, exact) = (ArcTangent.Degrees(vector.Y, vector.X), Exact(vector.Y, vector.X));
        var unit = Math.BitIncrement(Math.Abs(own)) - Math.Abs(own);
        if (own == 180) exact = BigInteger.Abs(exact); // which -180 is, too
        Assert.InRange((double)BigInteger.Abs(Whole(own) - exact) / (double)Whole(unit), 0, 0.5005);
    });

    [Fact]
    public void Degrees_VectorsThatTurn_NeverFall() => Seeded.ForAll(Any, Vectors, vector =>
    {
        var (x, y) = (Math.Abs(vector.X), Math.Abs(vector.Y));
        Assert.True(ArcTangent.Degrees(Math.BitIncrement(y), x) >= ArcTangent.Degrees(y, x));
        Assert.True(ArcTangent.Degrees(y, Math.BitIncrement(x)) <= ArcTangent.Degrees(y, x));
    });

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 45)]
    [InlineData(0, 1, 90)]
    [InlineData(-1, 1, 135)]
    [InlineData(-1, 0, 180)]
    [InlineData(-1, -1, -135)]
    [InlineData(0, -1, -90)]
    [InlineData(1, -1, -45)]
    public void Degrees_EighthsOfATurn_AreExact(double x, double y, double degrees) =>
        Seeded.ForAll(Gen.Double[1e-9, 1e6], 100, length => Assert.Equal(degrees, ArcTangent.Degrees(y * length, x * length)));

    [Theory]
    [InlineData(-0.0, 1, 0)]
    [InlineData(-0.0, -1, 180)]
    [InlineData(-1e-30, -1, 180)]
    public void Degrees_AtTheEndsOfTheRange_IsNeitherMinusZeroNorMinus180(double y, double x, double degrees) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(degrees), BitConverter.DoubleToInt64Bits(ArcTangent.Degrees(y, x)));

    // In degrees, in units of 2^-160.
    private static BigInteger Exact(double y, double x)
    {
        var (across, along) = (Whole(Math.Abs(y)), Whole(Math.Abs(x)));
        var radians = across <= along ? Near(across * One / along) : (Pi / 2) - Near(along * One / across);
        if (x < 0) radians = Pi - radians;
        return (y < 0 ? -radians : radians) * 180 * One / Pi;
    }

    // atan t = 2 atan(t / (1 + √(1 + t²))), three times, so that the series ends soon.
    private static BigInteger Near(BigInteger t)
    {
        for (var half = 0; half < 3; half++) t = t * One / (One + Root((One * One) + (t * t)));
        return 8 * Series(t);
    }

    private static BigInteger Series(BigInteger t)
    {
        var (sum, power, square) = (BigInteger.Zero, t, t * t >> Digits);
        for (var n = 1; !power.IsZero; n += 2, power = -(power * square >> Digits)) sum += power / n;
        return sum;
    }

    // Newton's iteration, from above.
    private static BigInteger Root(BigInteger square)
    {
        for (var root = square >> ((int)(square.GetBitLength() / 2)) << 1; ;)
        {
            var next = (root + (square / root)) >> 1;
            if (next >= root) return root;
            root = next;
        }
    }

    private static BigInteger Whole(double value)
    {
        var exponent = value == 0 ? 0 : Math.ILogB(value) - 52;
        var mantissa = (BigInteger)Math.ScaleB(value, -exponent);
        return Digits + exponent >= 0 ? mantissa << (Digits + exponent) : mantissa >> -(Digits + exponent);
    }
}
