using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>What training makes small, of N × 2 outputs and labels and N × 1 weights of the faces, whose mean over an epoch is 1.</summary>
internal static class Losses
{
    // Where outputs and labels are both constant and equal, the CCC is 0 / 0: this makes it 0, and changes no other by more than rounding does.
    private const double Smallest = 1e-8;

    /// <summary>The loss of the options, a scalar.</summary>
    internal static torch.Tensor Of(OptimizationOptions options, torch.Tensor outputs, torch.Tensor targets, torch.Tensor weights)
    {
        RequireShapes(outputs, targets, weights);
        return options.Loss switch
        {
            LossKind.Mse => Mse(outputs, targets, weights),
            LossKind.Ccc => Ccc(outputs, targets, weights),
            _ => (Mse(outputs, targets, weights) * (1 - options.CccWeight)) + (Ccc(outputs, targets, weights) * options.CccWeight),
        };
    }

    private static torch.Tensor Mse(torch.Tensor outputs, torch.Tensor targets, torch.Tensor weights) => ((outputs - targets).square() * weights).mean();

    // Moments of the batch with each face's share of its weights.
    private static torch.Tensor Ccc(torch.Tensor outputs, torch.Tensor targets, torch.Tensor weights)
    {
        var share = weights / weights.sum();
        var (p, t) = (Centred(outputs, share, out var meanOutput), Centred(targets, share, out var meanTarget));
        var covariance = (p * t * share).sum(dim: 0);
        var spread = (p.square() * share).sum(dim: 0) + (t.square() * share).sum(dim: 0) + (meanOutput - meanTarget).square();
        return 1 - (2 * covariance / (spread + Smallest)).mean();
    }

    private static torch.Tensor Centred(torch.Tensor values, torch.Tensor share, out torch.Tensor mean)
    {
        mean = (values * share).sum(dim: 0);
        return values - mean;
    }

    // torch would stretch what does not fit instead of refusing it.
    private static void RequireShapes(torch.Tensor outputs, torch.Tensor targets, torch.Tensor weights)
    {
        if (outputs.shape is not [var count, Models.EyeNetwork.Outputs] || !targets.shape.SequenceEqual(outputs.shape) || !weights.shape.SequenceEqual([count, 1L]))
            throw new ArgumentException($"Outputs are {Text(outputs)}, labels {Text(targets)}, weights {Text(weights)}; they must be N x 2, N x 2 and N x 1.");
    }

    private static string Text(torch.Tensor tensor) => string.Join(" x ", tensor.shape);
}
