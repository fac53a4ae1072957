using EyeSlots.Training.Comparison;
using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Tests.Comparison;

/// <summary>Differences of two models' CCC, on numbers whose true difference is known.</summary>
public sealed class DifferenceTests
{
    private const int Rows = 300;
    private static readonly Bootstrap Images = new(new(Enumerable.Range(0, Rows).Select(number => $"{number}.jpg")));

    [Fact]
    public void OfCcc_OnSamplesOfAKnownNormal_CoversTheTrueDifference()
    {
        const int samples = 500;
        const double first = 0.8, second = 0.7, shift = 0.3;

        // Predictions of variance 1 and of a mean that is off by the shift: CCC is 2ρ / (2 + shift²).
        const double difference = 2 * (first - second) / (2 + (shift * shift));
        var covered = Enumerable.Range(0, samples).Count(seed =>
        {
            var interval = Of(Draw(seed, first, second, shift)).Interval!.Value;
            return interval.Low <= difference && difference <= interval.High;
        });
        Assert.InRange(covered, 0.91 * samples, 0.97 * samples);
    }

    [Fact]
    public void OfCcc_OfErrorsThatBothShare_IsNarrowerThanEitherInterval()
    {
        var (t, p, q) = Draw(1, 0.8, 0.7, 0);
        var difference = Of((t, p, q)).Interval!.Value;
        Assert.True(Width(difference) < Width(Images.Of(t, p).Ccc!.Value) && Width(difference) < Width(Images.Of(t, q).Ccc!.Value));
    }

    [Fact]
    public void OfCcc_OfTheSamePredictions_IsZeroWithAnIntervalOfZero()
    {
        var (t, p, _) = Draw(2, 0.8, 0.7, 0.1);
        Assert.Equal(new Difference(0, new Interval(0, 0)), Of((t, p, [.. p])));
    }

    [Fact]
    public void OfCcc_OfTwoTheOtherWayAround_IsItsNegative()
    {
        var (t, p, q) = Draw(3, 0.8, 0.7, 0.1);
        var (one, other) = (Of((t, p, q)), Of((t, q, p)));
        Assert.Equal(one.Value, -other.Value);
        Assert.Equal(one.Interval!.Value.Low, -other.Interval!.Value.High, 1e-12);
    }

    [Fact]
    public void OfCcc_OfFewImagesOrAConstant_HasNoIntervalOrNoValue()
    {
        var few = new Bootstrap(new(Enumerable.Range(0, Rows).Select(number => $"{number % 29}.jpg")));
        var (t, p, q) = Draw(4, 0.8, 0.7, 0);
        Assert.Null(Of((t, p, q), few).Interval);
        Assert.Equal(default, Of((new double[Rows], new double[Rows], q)));
    }

    private static double Width(Interval interval) => interval.High - interval.Low;

    private static Difference Of((double[] T, double[] P, double[] Q) faces, Bootstrap? bootstrap = null)
    {
        var (t, p, q) = faces;
        return Difference.OfCcc(
            RegressionMetrics.Of(t, p), RegressionMetrics.Of(t, q), (bootstrap ?? Images).Resample(t, p), (bootstrap ?? Images).Resample(t, q));
    }

    // Both predictions are of the same faces and have nine tenths of their errors' variance in common.
    private static (double[] T, double[] P, double[] Q) Draw(int seed, double first, double second, double shift)
    {
        var random = new Random(seed);
        var (t, p, q) = (new double[Rows], new double[Rows], new double[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            t[row] = Normal(random);
            var shared = Normal(random);
            p[row] = Predict(t[row], first, shared, random) + shift;
            q[row] = Predict(t[row], second, shared, random) + shift;
        }

        return (t, p, q);
    }

    private static double Predict(double t, double correlation, double shared, Random random) =>
        (correlation * t) + (Math.Sqrt(1 - (correlation * correlation)) * ((Math.Sqrt(0.9) * shared) + (Math.Sqrt(0.1) * Normal(random))));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
