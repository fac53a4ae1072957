using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Optimization;

namespace EyeSlots.Training.Runs;

/// <summary>What a network makes of the validation lists: the weights of training, the pixels of evaluation.</summary>
/// <param name="table">The faces.</param>
/// <param name="stream">Their batches.</param>
/// <param name="inference">The network.</param>
internal sealed class Validation(FaceTable table, ShardStream stream, Inference inference)
{
    /// <summary>Predicts every face that decodes and judges the numbers.</summary>
    public ValidationResult Run(CancellationToken cancellation)
    {
        var (true0, true1, shown0, shown1) = (new List<double>(table.Count), new List<double>(table.Count), new List<double>(table.Count), new List<double>(table.Count));
        float[] outputs = [];
        foreach (var batch in stream.InOrder(cancellation))
        {
            if (outputs.Length < 2 * batch.Count) outputs = new float[2 * batch.Count];
            inference.Predict(batch, outputs);
            var targets = batch.Targets.Span;
            for (var face = 0; face < batch.Count; face++)
            {
                true0.Add(targets[2 * face]);
                true1.Add(targets[(2 * face) + 1]);
                shown0.Add(outputs[2 * face]);
                shown1.Add(outputs[(2 * face) + 1]);
            }
        }

        return new(Judge(true0, shown0), Judge(true1, shown1));
    }

    private static OutputMetrics Judge(List<double> t, List<double> p) =>
        RegressionMetrics.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(t), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(p));
}

/// <summary>The metrics of both outputs.</summary>
internal readonly record struct ValidationResult(OutputMetrics Valence, OutputMetrics Arousal)
{
    /// <summary>Of both; null where one has none.</summary>
    public double? MeanCcc => RegressionMetrics.MeanCcc(Valence, Arousal);

    /// <summary>The loss that training makes small, over all faces at once; null where it is undefined.</summary>
    public double? Loss(OptimizationOptions options)
    {
        var squared = ((Valence.Rmse * Valence.Rmse) + (Arousal.Rmse * Arousal.Rmse)) / 2;
        return options.Loss switch
        {
            LossKind.Mse => squared,
            LossKind.Ccc => 1 - MeanCcc,
            _ => (options.CccWeight * (1 - MeanCcc)) + ((1 - options.CccWeight) * squared),
        };
    }
}
