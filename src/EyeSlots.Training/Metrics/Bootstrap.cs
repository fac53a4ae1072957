using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Metrics;

/// <summary>
/// Intervals of metrics by the percentile bootstrap over images: a resample draws as many images as there are, each with all of its faces.
/// Draws are a function of the resample's number and of the number of images, so models that are compared on the same faces share their
/// resamples, and the numbers do not depend on the threads.
/// </summary>
/// <param name="groups">The images.</param>
public sealed class Bootstrap(ImageGroups groups)
{
    /// <summary>Resamples drawn.</summary>
    public const int Resamples = 2000;

    /// <summary>Below so many images there is no interval.</summary>
    public const int LeastImages = 30;

    /// <summary>The intervals of one output's metrics.</summary>
    /// <param name="t">A true value for each face.</param>
    /// <param name="p">A prediction for each face.</param>
    /// <exception cref="ArgumentException">There are not as many of them as faces.</exception>
    public MetricIntervals Of(ReadOnlySpan<double> t, ReadOnlySpan<double> p) => MetricIntervals.Of(Resample(t, p));

    /// <summary>
    /// One output's metrics in each resample, in the resamples' order: of two models on the same faces, those of one place differ by the
    /// models alone. None under <see cref="LeastImages"/> images.
    /// </summary>
    /// <param name="t">A true value for each face.</param>
    /// <param name="p">A prediction for each face.</param>
    internal OutputMetrics[] Resample(ReadOnlySpan<double> t, ReadOnlySpan<double> p)
    {
        if (t.Length != groups.Faces || p.Length != groups.Faces) throw new ArgumentException($"{groups.Faces} faces, {t.Length} true values and {p.Length} predictions.");
        if (groups.Images < LeastImages) return [];
        var frame = PairFrame.Of(t, p);
        var images = new PairSums[groups.Images];
        for (var face = 0; face < t.Length; face++) images[groups[face]].Add(t[face], p[face], frame);
        var resampled = new OutputMetrics[Resamples];
        Parallel.For(0, Resamples, number => resampled[number] = Resample(images, number, frame));
        return resampled;
    }

    private static OutputMetrics Resample(PairSums[] images, int number, in PairFrame frame)
    {
        var (sums, draws) = (new PairSums(), new SplitMix64(SplitMix64.Mix((ulong)number + SplitMix64.Golden)));
        for (var drawn = 0; drawn < images.Length; drawn++) sums.Add(images[draws.Below(images.Length)]);
        return sums.ToMetrics(frame);
    }
}
