using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Optimization;

/// <summary>Parameters of a network in their order, and tensors of an optimizer beside each.</summary>
internal sealed class OptimizerState : IDisposable
{
    private readonly List<KeyValuePair<string, torch.Tensor>> named = [];
    private readonly string[] names;

    /// <summary>The network must be on its device already.</summary>
    internal OptimizerState(torch.nn.Module network)
    {
        var parameters = network.named_parameters().ToArray();
        (names, Parameters) = ([.. parameters.Select(parameter => parameter.name)], [.. parameters.Select(parameter => parameter.parameter)]);
    }

    /// <summary>The weights themselves.</summary>
    internal Parameter[] Parameters { get; }

    /// <summary>All that was added.</summary>
    internal IReadOnlyList<KeyValuePair<string, torch.Tensor>> Named => named;

    /// <summary>Their gradients of this step, in this step's dispose scope.</summary>
    internal torch.Tensor[] Gradients()
    {
        var gradients = new torch.Tensor[Parameters.Length];
        for (var at = 0; at < gradients.Length; at++)
        {
            gradients[at] = Parameters[at].grad ?? throw new InvalidOperationException($"{names[at]} has no gradient: a step comes after backward.");
        }

        return gradients;
    }

    /// <summary>A tensor of zeros beside each parameter, laid out in memory as that is.</summary>
    internal torch.Tensor[] AddForEach(string name)
    {
        using var scope = torch.NewDisposeScope();
        var added = Parameters.Select(parameter => parameter.detach().zeros_like().DetachFromDisposeScope()).ToArray();
        for (var at = 0; at < added.Length; at++) named.Add(new($"{name}.{names[at]}", added[at]));
        return added;
    }

    /// <summary>The number of steps done, a float32 scalar on the parameters' device.</summary>
    internal torch.Tensor AddStep()
    {
        var step = torch.zeros([], torch.ScalarType.Float32, Parameters[0].device).DetachFromDisposeScope();
        named.Add(new("step", step));
        return step;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in named) tensor.Dispose();
    }
}
