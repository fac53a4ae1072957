using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>
/// Two convolutions beside a way around them. Where channels or size change, that way is a 1 × 1 convolution of the normalised input;
/// else it is the input itself.
/// </summary>
internal sealed class WideBlock : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly BatchNorm2d bn1;
    private readonly Convolution conv1;
    private readonly BatchNorm2d bn2;
    private readonly Dropout dropout;
    private readonly Convolution conv2;
    private readonly Convolution? shortcut;

    internal WideBlock(int input, int output, int stride, double dropped, ComputeType compute, torch.Generator random)
        : base(nameof(WideBlock))
    {
        bn1 = torch.nn.BatchNorm2d(input);
        conv1 = new(input, output, 3, stride, compute, random);
        bn2 = torch.nn.BatchNorm2d(output);
        dropout = torch.nn.Dropout(dropped);
        conv2 = new(output, output, 3, 1, compute, random);
        if (input != output || stride != 1) shortcut = new(input, output, 1, stride, compute, random);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var seen = bn1.call(input).relu_();
        var inner = bn2.call(conv1.call(seen)).relu_();
        var added = conv2.call(dropout.call(inner));
        return (added + (shortcut is null ? input : shortcut.call(seen))).MoveToOuterDisposeScope();
    }
}
