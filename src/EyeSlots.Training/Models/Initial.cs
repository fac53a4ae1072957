using TorchSharp;
using TorchSharp.Modules;

namespace EyeSlots.Training.Models;

/// <summary>Parameters before the first step.</summary>
internal static class Initial
{
    /// <summary>A parameter of a shape, filled by the action; nothing else is left of what that makes.</summary>
    internal static Parameter Parameter(long[] shape, Action<torch.Tensor> fill)
    {
        var values = torch.empty(shape);
        using (torch.NewDisposeScope())
        {
            fill(values);
        }

        return new(values);
    }
}
