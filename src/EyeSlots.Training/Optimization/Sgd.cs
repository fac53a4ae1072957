using EyeSlots.Training.Models;
using TorchSharp;

namespace EyeSlots.Training.Optimization;

/// <summary>Gradient descent with Nesterov's momentum; weight decay is added to the gradient.</summary>
internal sealed class Sgd : IOptimizer
{
    private readonly OptimizerState state;
    private readonly torch.Tensor[] momenta;
    private readonly double momentum, weightDecay;

    internal Sgd(EyeNetwork network, OptimizationOptions options)
    {
        (momentum, weightDecay) = (options.Momentum, options.WeightDecay);
        state = new(network);
        momenta = state.AddForEach("momentum_buffer");
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> State => state.Named;

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var gradients = state.Gradients();
        for (var at = 0; at < gradients.Length; at++)
        {
            var (parameter, gradient) = (state.Parameters[at], gradients[at]);
            if (weightDecay != 0) gradient.add_(parameter, weightDecay);
            momenta[at].mul_(momentum).add_(gradient);
            parameter.add_(gradient, -learningRate).add_(momenta[at], -learningRate * momentum);
        }
    }

    /// <inheritdoc/>
    public void Loaded()
    {
        // Nothing is kept beside the state.
    }

    /// <inheritdoc/>
    public void Dispose() => state.Dispose();
}
