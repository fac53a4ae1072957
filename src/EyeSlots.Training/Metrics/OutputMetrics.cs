using System.Text.Json.Serialization;

namespace EyeSlots.Training.Metrics;

/// <summary>
/// How well predictions p meet true values t of one output, valence or arousal. Variances and the covariance are a population's. What is
/// undefined is null; all of it is where a prediction is no finite number.
/// </summary>
/// <param name="Rmse">√ mean (p − t)², in the labels' unit; null without a row.</param>
/// <param name="Corr">Pearson's correlation, −1 to 1; null where t or p is constant.</param>
/// <param name="Ccc">Lin's concordance, −1 to 1; 0 where one of t and p is constant, null where both are, as of one row.</param>
/// <param name="Sagr">Share of rows whose signs agree, 0 to 1, where 0 has a sign of its own; null without a row.</param>
/// <param name="SagrNonzero">The same over rows with t ≠ 0; null where there is none.</param>
/// <param name="Zeros">Rows with t = 0.</param>
public readonly record struct OutputMetrics(double? Rmse, double? Corr, double? Ccc, double? Sagr, [property: JsonPropertyName("sagr_nonzero")] double? SagrNonzero, int Zeros);
