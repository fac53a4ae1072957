using System.Numerics;

namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>
/// Least squares with an intercept, plain or with a ridge, on standardised features. It is some lines of our own, because the sums of
/// libtorch's linear algebra depend on threads and processor: here each sum runs in the order of the faces. One thread's.
/// </summary>
internal sealed class Regression
{
    private const int Rounds = 3;

    private readonly FeatureRows features;
    private readonly double[] means, factors, row;
    private readonly double[,] correlations;

    /// <summary>Takes the features' means, deviations and correlations.</summary>
    /// <param name="features">Of at least one face.</param>
    public Regression(FeatureRows features)
    {
        this.features = features;
        (means, factors, row) = (new double[features.Columns], new double[features.Columns], new double[features.Columns]);
        Measure();
        correlations = Correlations();
    }

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
        var (weights, intercept) = (Weights(targets, mean, ridge), mean);
        for (var at = 0; at < weights.Length; at++)
        {
            weights[at] *= factors[at];
            intercept -= weights[at] * means[at];
        }

        return new(intercept, weights);
    }

    private void Measure()
    {
        var (first, isConstant) = (new double[row.Length], Enumerable.Repeat(true, row.Length).ToArray());
        features.CopyTo(0, first);
        for (var at = 0; at < features.Rows; at++)
        {
            features.CopyTo(at, row);
            for (var column = 0; column < row.Length; column++)
            {
                means[column] += row[column];
                isConstant[column] &= row[column] == first[column];
            }
        }

        for (var column = 0; column < row.Length; column++) (means[column], factors[column]) = (means[column] / features.Rows, isConstant[column] ? 0 : 1);
        var squares = new double[row.Length];
        for (var at = 0; at < features.Rows; at++) AddSquares(squares, Standardised(at));
        for (var column = 0; column < row.Length; column++) factors[column] = squares[column] > 0 ? factors[column] / Math.Sqrt(squares[column] / features.Rows) : 0;
    }

    // The row less the means, times the inverses of the deviations; 0 where a feature is constant.
    private double[] Standardised(int at)
    {
        features.CopyTo(at, row);
        for (var column = 0; column < row.Length; column++) row[column] = (row[column] - means[column]) * factors[column];
        return row;
    }

    // The lower half. Vectors add to many sums at once, and to each in the order of the faces.
    private double[,] Correlations()
    {
        var sums = new double[row.Length][];
        for (var column = 0; column < sums.Length; column++) sums[column] = new double[column + 1];
        for (var at = 0; at < features.Rows; at++)
        {
            var values = Standardised(at);
            for (var column = 0; column < sums.Length; column++) AddScaled(sums[column], values.AsSpan(0, column + 1), values[column]);
        }

        var lower = new double[sums.Length, sums.Length];
        for (var column = 0; column < sums.Length; column++)
        {
            for (var other = 0; other <= column; other++) lower[column, other] = sums[column][other] / features.Rows;
        }

        return lower;
    }

    // Correlations square whatever features have in common, and lose as many digits. Solving once more for what is left of the targets
    // brings them back.
    private double[] Weights(ReadOnlySpan<double> targets, double mean, double ridge)
    {
        var (solver, weights, products) = (new Cholesky(correlations, ridge), new double[row.Length], new double[row.Length]);
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(products);
            for (var at = 0; at < features.Rows; at++)
            {
                var values = Standardised(at);
                AddScaled(products, values, targets[at] - mean - Dot(values, weights));
            }

            for (var column = 0; column < weights.Length; column++) products[column] = (products[column] / features.Rows) - (ridge * weights[column]);
            AddScaled(weights, solver.Solve(products), 1);
        }

        return weights;
    }

    private static double Dot(double[] values, double[] weights)
    {
        var sum = 0.0;
        for (var at = 0; at < weights.Length; at++) sum += weights[at] * values[at];
        return sum;
    }

    private static void AddSquares(double[] sums, double[] values)
    {
        for (var at = 0; at < sums.Length; at++) sums[at] += values[at] * values[at];
    }

    private static void AddScaled(Span<double> sums, ReadOnlySpan<double> values, double factor)
    {
        var at = 0;
        for (; at <= sums.Length - Vector<double>.Count; at += Vector<double>.Count)
            (new Vector<double>(sums[at..]) + (new Vector<double>(values[at..]) * factor)).CopyTo(sums[at..]);
        for (; at < sums.Length; at++) sums[at] += values[at] * factor;
    }
}
