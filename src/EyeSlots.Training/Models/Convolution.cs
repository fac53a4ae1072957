using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>
/// A convolution whose output is as large as its input over the stride. It has no bias: each is followed by a batch normalisation, which
/// would take it away again.
/// </summary>
internal sealed class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly ComputeType compute;
    private readonly long[] strides;
    private readonly long[] padding;

    // TorchSharp finds the field by its name when a network moves to a device.
    private readonly Parameter weight;

    /// <summary>Weights from Kaiming's normal distribution by what goes out: the variance of gradients stays from layer to layer.</summary>
    internal Convolution(int input, int output, int side, int stride, ComputeType compute, torch.Generator random)
        : base(nameof(Convolution))
    {
        this.compute = compute;
        (strides, padding) = ([stride, stride], [side / 2, side / 2]);
        var deviation = Math.Sqrt(2.0 / ((double)output * side * side));
        weight = Initial.Parameter([output, input, side, side], values => values.normal_(0, deviation, random));
        register_parameter(nameof(weight), weight);
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input) =>
        torch.nn.functional.conv2d(compute.Cast(input), compute.Cast(weight), null, strides, padding);
}
