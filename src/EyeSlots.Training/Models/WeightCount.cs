using EyeSlots.Core;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Models;

/// <summary>How many weights a network would have, before memory is taken for them.</summary>
internal static class WeightCount
{
    /// <summary>Demands that a description does not ask for more than <see cref="ModelDescription.MostWeights"/>.</summary>
    internal static void RequireReasonable(ModelDescription description, InputShape input)
    {
        var weights = Of(description.Validated(), input);
        Require.That(
            weights <= ModelDescription.MostWeights,
            FormattableString.Invariant($"{description.Name} at {input.Width}x{input.Height} would have {weights:N0} weights; at most {ModelDescription.MostWeights:N0} are allowed."));
    }

    /// <summary>Of a valid description: values are bounded, so that nothing overflows.</summary>
    internal static long Of(ModelDescription description, InputShape input) => description switch
    {
        VggDescription vgg => Of(vgg, input),
        WideResNetDescription wide => Of(wide, input),
        _ => throw new ArgumentException($"{description.GetType().Name} has no network.", nameof(description)),
    };

    private static long Of(VggDescription vgg, InputShape input)
    {
        long channels = input.Channels, weights = 0;
        foreach (var width in vgg.Blocks)
        {
            weights += Convolution(channels, width, 3) + Convolution(width, width, 3) + (2 * Normalisation(width));
            channels = width;
        }

        var units = channels * (input.Width >> vgg.Blocks.Length) * (input.Height >> vgg.Blocks.Length);
        foreach (var next in vgg.Dense.Append(EyeNetwork.Outputs))
        {
            weights += (units + 1) * next;
            units = next;
        }

        return weights;
    }

    private static long Of(WideResNetDescription wide, InputShape input)
    {
        long channels = 16, weights = Convolution(input.Channels, channels, 3);
        for (var group = 0; group < 3; group++)
        {
            var width = (16L << group) * wide.Widen;
            for (var block = 0; block < wide.BlocksInGroup; block++)
            {
                var turns = channels != width || (group > 0 && block == 0);
                weights += Normalisation(channels) + Convolution(channels, width, 3) + Normalisation(width) + Convolution(width, width, 3);
                weights += turns ? Convolution(channels, width, 1) : 0;
                channels = width;
            }
        }

        return weights + Normalisation(channels) + ((channels + 1) * EyeNetwork.Outputs);
    }

    private static long Convolution(long input, long output, int side) => input * output * side * side;

    private static long Normalisation(long channels) => 2 * channels;
}
