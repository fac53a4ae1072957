namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>Features that are any numbers, row by row.</summary>
/// <param name="values">All rows, one after the other.</param>
/// <param name="columns">Features of a face.</param>
internal sealed class FeatureMatrix(double[] values, int columns) : FeatureRows
{
    /// <summary>A matrix to be filled.</summary>
    public FeatureMatrix(int rows, int columns)
        : this(new double[rows * columns], columns)
    {
    }

    public override int Rows => values.Length / columns;

    public override int Columns => columns;

    /// <summary>The features of a face, in place.</summary>
    public Span<double> this[int row] => values.AsSpan(row * columns, columns);

    public override void CopyTo(int row, Span<double> features) => this[row].CopyTo(features);
}
