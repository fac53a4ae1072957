namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>The features of some faces, row by row.</summary>
/// <param name="values">All rows, one after the other.</param>
/// <param name="columns">Features of a face.</param>
internal sealed class FeatureMatrix(double[] values, int columns)
{
    /// <summary>A matrix to be filled.</summary>
    public FeatureMatrix(int rows, int columns)
        : this(new double[rows * columns], columns)
    {
    }

    /// <summary>Number of faces.</summary>
    public int Rows => values.Length / columns;

    /// <summary>Features of a face.</summary>
    public int Columns => columns;

    /// <summary>The features of a face.</summary>
    public Span<double> Row(int at) => values.AsSpan(at * columns, columns);

    /// <summary>What a model predicts for each face.</summary>
    public double[] Predict(LinearModel model)
    {
        var predictions = new double[Rows];
        for (var at = 0; at < predictions.Length; at++) predictions[at] = model.Predict(Row(at));
        return predictions;
    }
}
