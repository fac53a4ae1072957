namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>The features of some faces.</summary>
internal abstract class FeatureRows
{
    /// <summary>Number of faces.</summary>
    public abstract int Rows { get; }

    /// <summary>Features of a face.</summary>
    public abstract int Columns { get; }

    /// <summary>Writes the features of a face.</summary>
    public abstract void CopyTo(int row, Span<double> features);

    /// <summary>What a model predicts for each face.</summary>
    public double[] Predict(LinearModel model)
    {
        var (predictions, features) = (new double[Rows], new double[Columns]);
        for (var row = 0; row < predictions.Length; row++)
        {
            CopyTo(row, features);
            predictions[row] = model.Predict(features);
        }

        return predictions;
    }
}
