using System.Numerics;

namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>
/// Least squares with an intercept, plain or with a ridge, on standardised features. It is some lines of our own, because the sums of
/// libtorch's linear algebra depend on threads and processor: here each sum runs in the order of the faces.
/// </summary>
internal sealed class Regression
{
    private const int Rounds = 3;

    private readonly double[] means, scales;
    private readonly double[,] correlations;

    /// <summary>Standardises the features in place and takes their correlations.</summary>
    /// <param name="features">Of at least one face; overwritten.</param>
    public Regression(FeatureMatrix features)
    {
        Features = features;
        (means, scales) = (Means(features), new double[features.Columns]);
        Standardise();
        correlations = Correlations();
    }

    private FeatureMatrix Features { get; }

    /// <summary>
    /// The model with the least mean squared error plus <paramref name="ridge"/> times the sum of squares of the standardised weights. A
    /// feature that those before it determine gets no weight.
    /// </summary>
    /// <param name="targets">A value for each face.</param>
    /// <param name="ridge">0 or more.</param>
    public LinearModel Solve(ReadOnlySpan<double> targets, double ridge)
    {
        var mean = 0.0;
        foreach (var target in targets) mean += target;
        mean /= targets.Length;
        var weights = Weights(targets, mean, ridge);
        var intercept = mean;
        for (var at = 0; at < weights.Length; at++)
        {
            weights[at] = scales[at] > 0 ? weights[at] / scales[at] : 0;
            intercept -= weights[at] * means[at];
        }

        return new(intercept, weights);
    }

    private static double[] Means(FeatureMatrix features)
    {
        var means = new double[features.Columns];
        for (var row = 0; row < features.Rows; row++)
        {
            var values = features.Row(row);
            for (var at = 0; at < means.Length; at++) means[at] += values[at];
        }

        for (var at = 0; at < means.Length; at++) means[at] /= features.Rows;
        return means;
    }

    private void Standardise()
    {
        for (var column = 0; column < scales.Length; column++)
        {
            var (squares, isConstant, first) = (0.0, true, Features.Row(0)[column]);
            for (var row = 0; row < Features.Rows; row++)
            {
                ref var value = ref Features.Row(row)[column];
                isConstant &= value == first;
                value -= means[column];
                squares += value * value;
            }

            scales[column] = isConstant ? 0 : Math.Sqrt(squares / Features.Rows);
            for (var row = 0; row < Features.Rows; row++) Features.Row(row)[column] *= scales[column] > 0 ? 1 / scales[column] : 0;
        }
    }

    // The lower half. Vectors add to many sums at once, and to each in the order of the faces.
    private double[,] Correlations()
    {
        var sums = new double[Features.Columns][];
        for (var at = 0; at < sums.Length; at++) sums[at] = new double[at + 1];
        for (var row = 0; row < Features.Rows; row++)
        {
            var values = Features.Row(row);
            for (var at = 0; at < sums.Length; at++) AddScaled(sums[at], values[..(at + 1)], values[at]);
        }

        var lower = new double[sums.Length, sums.Length];
        for (var at = 0; at < sums.Length; at++)
        {
            for (var other = 0; other <= at; other++) lower[at, other] = sums[at][other] / Features.Rows;
        }

        return lower;
    }

    // Correlations square whatever features have in common, and lose as many digits. Solving once more for what is left of the targets
    // brings them back.
    private double[] Weights(ReadOnlySpan<double> targets, double mean, double ridge)
    {
        var (factors, left) = (new Cholesky(correlations, ridge), new double[targets.Length]);
        for (var row = 0; row < left.Length; row++) left[row] = targets[row] - mean;
        var weights = new double[Features.Columns];
        for (var round = 0; round < Rounds; round++)
        {
            var products = Products(left);
            for (var at = 0; at < weights.Length; at++) products[at] -= ridge * weights[at];
            AddScaled(weights, factors.Solve(products), 1);
            for (var row = 0; row < left.Length; row++) left[row] = targets[row] - mean - Dot(Features.Row(row), weights);
        }

        return weights;
    }

    private double[] Products(ReadOnlySpan<double> values)
    {
        var products = new double[Features.Columns];
        for (var row = 0; row < Features.Rows; row++) AddScaled(products, Features.Row(row), values[row]);
        for (var at = 0; at < products.Length; at++) products[at] /= Features.Rows;
        return products;
    }

    private static double Dot(ReadOnlySpan<double> values, double[] weights)
    {
        var sum = 0.0;
        for (var at = 0; at < weights.Length; at++) sum += weights[at] * values[at];
        return sum;
    }

    private static void AddScaled(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        var at = 0;
        for (; at <= sums.Length - Vector<double>.Count; at += Vector<double>.Count)
            (new Vector<double>(sums[at..]) + (new Vector<double>(values[at..]) * factor)).CopyTo(sums[at..]);
        for (; at < sums.Length; at++) sums[at] += values[at] * factor;
    }
}
