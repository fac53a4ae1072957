using EyeSlots.Training.Augmentation;
using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>
/// The network of a <see cref="VggDescription"/>. PyTorch's names are <c>features.B.L</c>, layer L (0 and 3 convolutions, 1 and 4
/// normalisations) of block B, and <c>classifier.L</c> with dense layers at 0, 3, 6 and so on.
/// </summary>
internal sealed class VggNetwork : EyeNetwork
{
    private readonly Sequential features;
    private readonly Sequential classifier;

    internal VggNetwork(VggDescription description, InputShape input, torch.Generator random)
        : base(description, input)
    {
        RequireDivisible(description, input);
        var channels = input.Channels;
        List<torch.nn.Module<torch.Tensor, torch.Tensor>> blocks = [];
        foreach (var width in description.Blocks)
        {
            blocks.Add(Block(channels, width, random));
            channels = width;
        }

        features = torch.nn.Sequential(blocks);
        var pixels = (input.Width >> blocks.Count) * (input.Height >> blocks.Count);
        List<torch.nn.Module<torch.Tensor, torch.Tensor>> dense = [.. DenseLayers(description, pixels * channels, random)];
        classifier = torch.nn.Sequential(dense);
        Last = (Dense)dense[^1];
        register_module(nameof(features), features);
        register_module(nameof(classifier), classifier);
    }

    private protected override Dense Last { get; }

    private protected override torch.Tensor Compute(torch.Tensor input)
    {
        using var seen = features.call(input);
        using var flat = seen.flatten(1);
        return classifier.call(flat);
    }

    private static void RequireDivisible(VggDescription description, InputShape input)
    {
        var times = description.Blocks.Length;
        Core.Require.That(
            input.Width >> times > 0 && input.Height >> times > 0,
            $"--size {input.Width}x{input.Height} is too small for {description.Name}, which halves it {times} times; each side must have {1 << times} pixels or more.");
    }

    private Sequential Block(int input, int output, torch.Generator random) => torch.nn.Sequential(
        new Convolution(input, output, 3, 1, ComputeType, random),
        torch.nn.BatchNorm2d(output),
        torch.nn.ReLU(inplace: true),
        new Convolution(output, output, 3, 1, ComputeType, random),
        torch.nn.BatchNorm2d(output),
        torch.nn.ReLU(inplace: true),
        torch.nn.MaxPool2d(2));

    private IEnumerable<torch.nn.Module<torch.Tensor, torch.Tensor>> DenseLayers(VggDescription description, int input, torch.Generator random)
    {
        foreach (var units in description.Dense)
        {
            yield return new Dense(input, units, ComputeType, random);
            yield return torch.nn.ReLU(inplace: true);
            yield return torch.nn.Dropout(description.Dropout);
            input = units;
        }

        yield return new Dense(input, Outputs, ComputeType, random);
    }
}
