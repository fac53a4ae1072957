namespace EyeSlots.Training.Metrics.Fitting;

/// <summary>Predicts one output from features: the intercept and a coefficient for each feature as it is.</summary>
/// <param name="Intercept">The prediction where every feature is 0.</param>
/// <param name="Coefficients">One for each feature.</param>
public sealed record LinearModel(double Intercept, IReadOnlyList<double> Coefficients)
{
    /// <summary>The prediction of one face.</summary>
    /// <param name="features">As many as there are coefficients.</param>
    public double Predict(ReadOnlySpan<double> features)
    {
        var sum = Intercept;
        for (var at = 0; at < features.Length; at++) sum += Coefficients[at] * features[at];
        return sum;
    }
}
