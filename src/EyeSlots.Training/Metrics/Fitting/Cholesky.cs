namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>The Cholesky decomposition L Lᵀ of a matrix of correlations with a ridge on its diagonal.</summary>
internal sealed class Cholesky
{
    /// <summary>The share of a feature's variance that those before it leave, below which they are said to determine it: rounding leaves some 1e-15.</summary>
    private const double LeastOwnShare = 1e-12;

    private readonly double[,] lower;
    private readonly int size;

    /// <summary>Decomposes.</summary>
    /// <param name="matrix">Symmetric; its lower half is read.</param>
    /// <param name="ridge">Added to the diagonal.</param>
    public Cholesky(double[,] matrix, double ridge)
    {
        (size, lower) = (matrix.GetLength(0), new double[matrix.GetLength(0), matrix.GetLength(0)]);
        for (var column = 0; column < size; column++)
        {
            var own = matrix[column, column] + ridge - Dot(column, column, column);
            if (own < LeastOwnShare) continue; // the column stays 0, and so does its weight
            lower[column, column] = Math.Sqrt(own);
            for (var row = column + 1; row < size; row++) lower[row, column] = (matrix[row, column] - Dot(row, column, column)) / lower[column, column];
        }
    }

    /// <summary>The weights w of (matrix + ridge) w = products.</summary>
    public double[] Solve(ReadOnlySpan<double> products)
    {
        var weights = products.ToArray();
        for (var row = 0; row < size; row++)
        {
            for (var at = 0; at < row; at++) weights[row] -= lower[row, at] * weights[at];
            weights[row] = Share(weights[row], row);
        }

        for (var row = size - 1; row >= 0; row--)
        {
            for (var at = row + 1; at < size; at++) weights[row] -= lower[at, row] * weights[at];
            weights[row] = Share(weights[row], row);
        }

        return weights;
    }

    private double Share(double value, int row) => lower[row, row] > 0 ? value / lower[row, row] : 0;

    private double Dot(int row, int other, int count)
    {
        var sum = 0.0;
        for (var at = 0; at < count; at++) sum += lower[row, at] * lower[other, at];
        return sum;
    }
}
