using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>A dense (linear) layer.</summary>
internal sealed class Dense : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly ComputeType compute;

    // TorchSharp finds the fields by their names when a network moves to a device.
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <summary>Weights as PyTorch's own linear layer draws them, evenly within ± 1 / √inputs; biases 0.</summary>
    internal Dense(int input, int output, ComputeType compute, torch.Generator random)
        : base(nameof(Dense))
    {
        this.compute = compute;
        var bound = 1 / Math.Sqrt(input);
        weight = Initial.Parameter([output, input], values => values.uniform_(-bound, bound, random));
        bias = Initial.Parameter([output], values => values.zero_());
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    /// <summary>The number of values that go in.</summary>
    internal int Inputs => (int)weight.shape[1];

    /// <summary>Lets the layer say the same of every input: weights 0, and these biases, one for each output.</summary>
    internal void BeginWith(params float[] values)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        weight.zero_();
        bias.copy_(torch.tensor(values));
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) =>
        torch.nn.functional.linear(compute.Cast(input), compute.Cast(weight), compute.Cast(bias));
}
