using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Tests.Metrics;

/// <summary>Intervals: what they cover, what they are taken over, and that they are the same numbers each time.</summary>
public sealed class BootstrapTests
{
    [Fact]
    public void Of_SamplesOfAKnownNormal_CoverItsConcordance()
    {
        const int samples = 500, rows = 300;
        const double correlation = 0.7, scale = 0.8, shift = 0.3;
        const double concordance = 2 * correlation * scale / (1 + (scale * scale) + (shift * shift));
        var bootstrap = new Bootstrap(new(Enumerable.Range(0, rows).Select(Image)));
        var covered = Enumerable.Range(0, samples).Count(seed =>
        {
            var (t, p) = Draw(seed, rows, correlation);
            for (var i = 0; i < rows; i++) p[i] = (scale * p[i]) + shift;
            var interval = bootstrap.Of(t, p).Ccc!.Value;
            return interval.Low <= concordance && concordance <= interval.High;
        });
        Assert.InRange(covered, 0.91 * samples, 0.97 * samples);
    }

    [Fact]
    public void Of_ThirtyImages_HasIntervalsAroundTheMetrics()
    {
        var (t, p) = Draw(1, Bootstrap.LeastImages, 0.8);
        var (metrics, intervals) = (RegressionMetrics.Of(t, p), new Bootstrap(new(t.Select((_, i) => Image(i)))).Of(t, p));
        Around(metrics.Rmse, intervals.Rmse);
        Around(metrics.Corr, intervals.Corr);
        Around(metrics.Ccc, intervals.Ccc);
        Around(metrics.Sagr, intervals.Sagr);
        Around(metrics.SagrNonzero, intervals.SagrNonzero);
    }

    [Fact]
    public void Of_FewerThanThirtyImages_HasNone()
    {
        // A thousand faces, but of 29 images.
        var (t, p) = Draw(2, 1000, 0.8);
        Assert.Equal(default, new Bootstrap(new(t.Select((_, i) => Image(i % (Bootstrap.LeastImages - 1))))).Of(t, p));
    }

    [Fact]
    public void Of_FacesOfOneImage_CountAsOneSample()
    {
        var (t, p) = Draw(3, 200, 0.7);
        var alone = new Bootstrap(new(t.Select((_, i) => Image(i)))).Of(t, p).Ccc!.Value;
        double[] t3 = [.. t, .. t, .. t], p3 = [.. p, .. p, .. p];
        var threefold = new Bootstrap(new(t3.Select((_, i) => Image(i % t.Length)))).Of(t3, p3).Ccc!.Value;
        Assert.Equal(alone.Low, threefold.Low, 1e-9);
        Assert.Equal(alone.High, threefold.High, 1e-9);
    }

    [Fact]
    public void Of_ConstantPredictions_HasNoIntervalOfTheCorrelation()
    {
        var (t, p) = Draw(4, 100, 0.5);
        Array.Fill(p, 0.1);
        var intervals = new Bootstrap(new(t.Select((_, i) => Image(i)))).Of(t, p);
        Assert.Null(intervals.Corr);
        Assert.Equal(new Interval(0, 0), intervals.Ccc);
    }

    [Fact]
    public void Of_TheSameTwice_IsTheSame()
    {
        var (t, p) = Draw(5, 500, 0.6);
        var bootstrap = new Bootstrap(new(t.Select((_, i) => Image(i / 2))));
        Assert.Equal(bootstrap.Of(t, p), bootstrap.Of(t, p));
    }

    // numpy.quantile([1, 2, 3, 4, 6], [0.025, 0.975])
    [Fact]
    public void Interval_OfFewValues_LiesBetweenThemAsNumPys()
    {
        var interval = Interval.Of([4, null, 2, 6, 1, 3])!.Value;
        Assert.Equal(1.1, interval.Low, 1e-12);
        Assert.Equal(5.8, interval.High, 1e-12);
    }

    private static string Image(int number) => $"{number}.jpg";

    private static (double[] T, double[] P) Draw(int seed, int rows, double correlation)
    {
        var random = new Random(seed);
        var (t, p) = (new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            var (radius, angle) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
            t[i] = radius * Math.Cos(angle);
            p[i] = (correlation * t[i]) + (Math.Sqrt(1 - (correlation * correlation)) * radius * Math.Sin(angle));
        }

        return (t, p);
    }

    private static void Around(double? metric, Interval? interval) => Assert.InRange(metric!.Value, interval!.Value.Low, interval.Value.High);
}
