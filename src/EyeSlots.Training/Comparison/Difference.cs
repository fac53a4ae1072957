using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Comparison;

/// <summary>A difference of two models' numbers on the same faces.</summary>
/// <param name="Value">The first less the second; null where one is undefined.</param>
/// <param name="Interval">Over resamples of images that both share; null where there are too few.</param>
internal readonly record struct Difference(double? Value, Interval? Interval)
{
    /// <summary>Of two models' CCC of one output.</summary>
    /// <param name="first">The one's metrics.</param>
    /// <param name="second">The other's.</param>
    /// <param name="firstResampled">The one's in each resample.</param>
    /// <param name="secondResampled">The other's, in the same resamples.</param>
    public static Difference OfCcc(OutputMetrics first, OutputMetrics second, IEnumerable<OutputMetrics> firstResampled, IEnumerable<OutputMetrics> secondResampled) =>
        Of(first.Ccc, second.Ccc, firstResampled.Select(metrics => metrics.Ccc), secondResampled.Select(metrics => metrics.Ccc));

    /// <summary>Of any two numbers.</summary>
    public static Difference Of(double? first, double? second, IEnumerable<double?> firstResampled, IEnumerable<double?> secondResampled) =>
        new(first - second, Metrics.Interval.Of(firstResampled.Zip(secondResampled, (one, other) => one - other)));
}
