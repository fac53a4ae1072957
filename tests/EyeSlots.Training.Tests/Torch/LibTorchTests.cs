using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>libtorch as it is built with the program.</summary>
public sealed class LibTorchTests
{
    [Fact]
    public void Load_OfTheBuiltFolder_LetsTorchMultiply()
    {
        LibTorch.Load();
        using var product = torch.ones(2, 3).mm(torch.ones(3, 4));
        Assert.Equal(24f, product.sum().item<float>());
    }
}
