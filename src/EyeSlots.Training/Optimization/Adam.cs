using EyeSlots.Training.Models;
using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>
/// Adam, and AdamW where weight decay shrinks the weights themselves. By libtorch's fused kernels where it has them: plain Adam is ten small
/// calls for each of some thirty tensors, half of a step on a fast card.
/// </summary>
internal sealed class Adam : IOptimizer
{
    /// <summary>Decay of the gradients' and of their squares' means, and what is added to the root.</summary>
    internal const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly OptimizerState state;
    private readonly torch.Tensor[] means, squares, steps;
    private readonly double weightDecay;
    private readonly bool isDecoupled;
    private readonly FusedAdam? fused;
    private long step = -1;

    internal Adam(EyeNetwork network, OptimizationOptions options, bool fuse = true)
    {
        (weightDecay, isDecoupled) = (options.WeightDecay, options.Optimizer == OptimizerKind.AdamW);
        state = new(network);
        (means, squares) = (state.AddForEach("exp_avg"), state.AddForEach("exp_avg_sq"));

        // All parameters have made the same number of steps: one tensor counts for all.
        steps = [.. Enumerable.Repeat(state.AddStep(), means.Length)];
        fused = fuse ? FusedAdam.TryOpen(state.Parameters[0].device) : null;
    }

    /// <summary>Whether libtorch's fused kernels do it.</summary>
    internal bool IsFused => fused is not null;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> State => state.Named;

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var gradients = state.Gradients();
        steps[0].add_(1);
        if (fused is not null)
        {
            fused.Step(state.Parameters, gradients, means, squares, steps, learningRate, weightDecay, isDecoupled);
            return;
        }

        // Read once after a load, and counted along: a card would have to be waited for at each step.
        step = step < 0 ? (long)steps[0].item<float>() : step + 1;
        for (var at = 0; at < gradients.Length; at++) StepPlain(at, gradients[at], learningRate);
    }

    /// <inheritdoc/>
    public void Loaded() => step = -1;

    /// <inheritdoc/>
    public void Dispose()
    {
        state.Dispose();
        fused?.Dispose();
    }

    private void StepPlain(int at, torch.Tensor gradient, double learningRate)
    {
        var parameter = state.Parameters[at];
        if (isDecoupled) parameter.mul_(1 - (learningRate * weightDecay));
        else if (weightDecay != 0) gradient = gradient.add(parameter, weightDecay);
        means[at].mul_(Beta1).add_(gradient, 1 - Beta1);
        squares[at].mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var root = squares[at].sqrt().div_(Math.Sqrt(1 - Power(Beta2, step))).add_(Epsilon);
        parameter.addcdiv_(means[at], root, -learningRate / (1 - Power(Beta1, step)));
    }

    // By multiplication alone, which is the same everywhere.
    private static double Power(double value, long exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1, value *= value)
        {
            if ((exponent & 1) != 0) power *= value;
        }

        return power;
    }
}
