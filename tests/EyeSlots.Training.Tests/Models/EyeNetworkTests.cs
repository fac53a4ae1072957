using EyeSlots.Core;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Models;

/// <summary>Networks before their first step.</summary>
public sealed class EyeNetworkTests
{
    static EyeNetworkTests() => LibTorch.Load();

    [Theory]
    [InlineData("tiny")]
    [InlineData("M1")]
    [InlineData("WRN-16-2")]
    public void Create_EachKind_HasTheWeightsThatWereCountedBefore(string name)
    {
        var shape = new InputShape(48, 40, Gray: true);
        using var network = EyeNetwork.Create(ModelDescription.Of(name), shape, 0, 0, seed: 1);
        Assert.Equal(WeightCount.Of(network.Description, shape), network.Weights);
    }

    [Fact]
    public void Create_WithTheSameSeed_HasTheSameWeights()
    {
        Assert.Equal(Bytes("WRN-16-2", 7), Bytes("WRN-16-2", 7));
        Assert.NotEqual(Bytes("WRN-16-2", 7), Bytes("WRN-16-2", 8));
    }

    [Fact]
    public void Create_StartsFromKaimingsNormalAndZerosAndTheLabelsMean()
    {
        using var network = EyeNetwork.Create(ModelDescription.Of("M1"), InputShape.Default, 0.25f, -0.5f, seed: 1);
        using var scope = torch.NewDisposeScope();
        var convolution = network.get_parameter("features.2.3.weight")!;
        Assert.Equal(Math.Sqrt(2.0 / (256 * 9)), convolution.std().item<float>(), 2e-4);
        Assert.Equal(0, convolution.mean().item<float>(), 2e-4);
        var dense = network.get_parameter("classifier.0.weight")!;
        Assert.Equal(1 / Math.Sqrt(dense.shape[1]), dense.abs().max().item<float>(), 1e-5);
        Assert.Equal(0, network.get_parameter("classifier.0.bias")!.abs().max().item<float>());
        Assert.Equal([0.25f, -0.5f], network.get_parameter("classifier.6.bias")!.data<float>().ToArray());
        Assert.Equal(0, network.get_parameter("classifier.6.weight")!.abs().max().item<float>());
        Assert.Equal(1, network.get_parameter("features.0.1.weight")!.min().item<float>());
    }

    [Fact]
    public void Create_Tiny_HasPyTorchsNames()
    {
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), InputShape.Default, 0, 0, seed: 1);
        var names = NetworkState.Of(network).Select(state => state.Key).ToArray();
        Assert.Equal(3 * 12 + 4, names.Length);
        Assert.All(
            ["features.0.0.weight", "features.0.1.bias", "features.2.4.running_var", "features.1.1.num_batches_tracked", "classifier.0.weight", "classifier.3.bias"],
            name => Assert.Contains(name, names));
    }

    [Fact]
    public void Create_OfASizeThatCannotBeHalvedSoOften_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<EyeSlotsException>(() => EyeNetwork.Create(ModelDescription.Of("M2"), new(96, 24, false), 0, 0, seed: 1));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.Equal("--size 96x24 is too small for M2, which halves it 5 times; each side must have 32 pixels or more.", error.Message);
    }

    [Fact]
    public void Create_OfTooManyWeights_IsRefusedBeforeMemoryIsTaken()
    {
        VggDescription vast = new("vast", [2048], [8192, 8192], 0, 1);
        var error = Assert.Throws<EyeSlotsException>(() => EyeNetwork.Create(vast, new(1024, 1024, false), 0, 0, seed: 1));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.StartsWith("vast at 1024x1024 would have 4,398,", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(string name, long seed)
    {
        using var network = EyeNetwork.Create(ModelDescription.Of(name), InputShape.Default, 0, 0, seed);
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [.. NetworkState.Of(network)], new Dictionary<string, string>());
        return stream.ToArray();
    }
}
