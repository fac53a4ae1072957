using System.Text.Json.Serialization;

namespace EyeSlots.Training.Metrics;

/// <summary>A 95 % interval.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    private const double Tail = 0.025;

    /// <summary>Both ends, the lower first.</summary>
    internal IReadOnlyList<double> Ends => [Low, High];

    /// <summary>The percentile interval of a metric's values over resamples; null where it is defined in none of them.</summary>
    internal static Interval? Of(IEnumerable<double?> resampled)
    {
        double[] sorted = [.. resampled.OfType<double>().Order()];
        return sorted.Length == 0 ? null : new(Quantile(sorted, Tail), Quantile(sorted, 1 - Tail));
    }

    // Between the two nearest values in proportion, as NumPy does.
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}

/// <summary>The intervals of the metrics of one output; null where the metric is undefined, or there are too few images.</summary>
public readonly record struct MetricIntervals(
    Interval? Rmse, Interval? Corr, Interval? Ccc, Interval? Sagr, [property: JsonPropertyName("sagr_nonzero")] Interval? SagrNonzero)
{
    /// <summary>The intervals of metrics over resamples.</summary>
    internal static MetricIntervals Of(IReadOnlyCollection<OutputMetrics> resampled) => new(
        Interval.Of(resampled.Select(metrics => metrics.Rmse)), Interval.Of(resampled.Select(metrics => metrics.Corr)),
        Interval.Of(resampled.Select(metrics => metrics.Ccc)), Interval.Of(resampled.Select(metrics => metrics.Sagr)),
        Interval.Of(resampled.Select(metrics => metrics.SagrNonzero)));
}
