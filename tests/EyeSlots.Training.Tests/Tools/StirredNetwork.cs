using EyeSlots.Training.Models;
using TorchSharp;

namespace EyeSlots.Training.Tests.Tools;

/// <summary>A network before its first step says the same of every face; tests of what it says need one that does not.</summary>
internal static class StirredNetwork
{
    /// <summary>Draws the last layer's weights, as if a few steps had been made.</summary>
    public static EyeNetwork Stirred(this EyeNetwork network)
    {
        using var none = torch.no_grad();
        using var random = new torch.Generator(7);
        foreach (var last in network.parameters().Where(parameter => parameter.shape is [EyeNetwork.Outputs, _])) last.normal_(0, 0.1, random);
        return network;
    }
}
