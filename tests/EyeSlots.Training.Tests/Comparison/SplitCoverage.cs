using EyeSlots.Training.Comparison;
using EyeSlots.Training.Metrics;

namespace EyeSlots.Training.Tests.Comparison;

/// <summary>
/// How often the interval of a difference holds what a second test set shows: images are parted at random into those that are measured and the
/// others. An interval covers what all faces would show, and the second set has an error of its own: where it is k times the measured set,
/// differences of the two spread √(1 + 1/k) as widely, so a 95 % interval is to hold 93.7 % at k = 9 and 83 % of sets of its own size.
/// </summary>
/// <param name="t">A true value for each image.</param>
/// <param name="first">What one model predicts.</param>
/// <param name="second">What the other predicts.</param>
internal sealed class SplitCoverage(double[] t, double[] first, double[] second)
{
    /// <summary>In how many splits of so many the interval holds the second set's difference.</summary>
    /// <param name="splits">How many, each by a seed of its own.</param>
    /// <param name="share">Of the images that are measured; the others are the second set.</param>
    public int Count(int splits, double share) => Counts(splits, share, 1)[0];

    /// <summary>Likewise for intervals made so many times as wide, one number for each.</summary>
    public int[] Counts(int splits, double share, params double[] widths)
    {
        Split[] drawn = [.. Enumerable.Range(1, splits).Select(seed => Draw(seed, share))];
        return [.. widths.Select(width => drawn.Count(split => split.Holds(width)))];
    }

    private Split Draw(int seed, double share)
    {
        int[] images = [.. Enumerable.Range(0, t.Length)];
        new Random(seed).Shuffle(images);
        var measured = (int)(share * images.Length);
        var (here, there) = (images[..measured], images[measured..]);
        var bootstrap = new Bootstrap(new(here.Select(image => $"{image}")));
        var difference = Difference.OfCcc(
            RegressionMetrics.Of(Of(t, here), Of(first, here)), RegressionMetrics.Of(Of(t, here), Of(second, here)),
            bootstrap.Resample(Of(t, here), Of(first, here)), bootstrap.Resample(Of(t, here), Of(second, here)));
        var other = RegressionMetrics.Of(Of(t, there), Of(first, there)).Ccc - RegressionMetrics.Of(Of(t, there), Of(second, there)).Ccc;
        return new(difference, other);
    }

    private static double[] Of(double[] values, int[] images) => [.. images.Select(image => values[image])];

    private readonly record struct Split(Difference Measured, double? Other)
    {
        public bool Holds(double width) => Measured is ({ } value, { } interval) &&
            value + (width * (interval.Low - value)) <= Other && Other <= value + (width * (interval.High - value));
    }
}
