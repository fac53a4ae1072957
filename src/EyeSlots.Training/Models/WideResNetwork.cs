using EyeSlots.Training.Augmentation;
using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>
/// The network of a <see cref="WideResNetDescription"/>. PyTorch's names are <c>conv1</c>, <c>layerG.B.bn1 conv1 bn2 conv2 shortcut</c>
/// of block B in group G (1 to 3), <c>bn1</c> and <c>fc</c>.
/// </summary>
internal sealed class WideResNetwork : EyeNetwork
{
    private readonly Convolution conv1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly BatchNorm2d bn1;
    private readonly Dense fc;

    internal WideResNetwork(WideResNetDescription description, InputShape input, torch.Generator random)
        : base(description, input)
    {
        var widen = description.Widen;
        conv1 = new(input.Channels, 16, 3, 1, ComputeType, random);
        layer1 = Group(description, 16, 16 * widen, 1, random);
        layer2 = Group(description, 16 * widen, 32 * widen, 2, random);
        layer3 = Group(description, 32 * widen, 64 * widen, 2, random);
        bn1 = torch.nn.BatchNorm2d(64 * widen);
        fc = new(64 * widen, Outputs, ComputeType, random);
        RegisterComponents();
    }

    private protected override Dense Last => fc;

    private protected override torch.Tensor Compute(torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        var seen = layer3.call(layer2.call(layer1.call(conv1.call(input))));
        var mean = bn1.call(seen).relu_().mean([2, 3]);
        return fc.call(mean).MoveToOuterDisposeScope();
    }

    private Sequential Group(WideResNetDescription description, int input, int output, int stride, torch.Generator random) =>
        torch.nn.Sequential(Enumerable.Range(0, description.BlocksInGroup).Select(torch.nn.Module<torch.Tensor, torch.Tensor> (at) =>
            new WideBlock(at == 0 ? input : output, output, at == 0 ? stride : 1, description.Dropout, ComputeType, random)).ToList());
}
