using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>Parameters before the first step.</summary>
internal static class Initial
{
    /// <summary>
    /// A parameter of a shape, filled by the action; nothing else is left of what that makes. A convolution's weights lie in memory with
    /// their channels last, as pixels do: a step on the CPU then takes three quarters of the time, because nothing is turned around between layers.
    /// </summary>
    internal static Parameter Parameter(long[] shape, Action<torch.Tensor> fill)
    {
        var values = shape is [_, var channels, var height, var width]
            ? torch.empty_strided(shape, [channels * height * width, 1, width * channels, channels])
            : torch.empty(shape);
        using (torch.NewDisposeScope())
        {
            // Filled in the order of the shape: how weights lie in memory does not decide what they are.
            var filled = torch.empty(shape);
            fill(filled);
            values.copy_(filled);
        }

        return new(values);
    }
}
