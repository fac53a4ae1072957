using EyeSlots.Core;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Torch;

/// <summary>Devices as the command line names them.</summary>
public sealed class TrainingDeviceTests
{
    [Theory]
    [InlineData("auto", "auto", false)]
    [InlineData("cpu", "cpu", false)]
    [InlineData("cuda", "cuda:0", true)]
    [InlineData("cuda:0", "cuda:0", true)]
    [InlineData("cuda:7", "cuda:7", true)]
    public void Parse_OfADevice_NamesIt(string text, string named, bool isCuda)
    {
        var device = TrainingDevice.Parse(text);
        Assert.Equal((named, isCuda), (device!.Value.Text, device.Value.IsCuda));
        Assert.Equal(device, TrainingDevice.Parse(named));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:999")]
    [InlineData("cpu:0")]
    public void Parse_OfAnythingElse_IsNone(string text) => Assert.Null(TrainingDevice.Parse(text));

    [Fact]
    public void Default_IsAuto() => Assert.Equal("auto", default(TrainingDevice).Text);

    [Fact]
    public void Open_OfTheCpu_GivesWhatTensorsLieOn()
    {
        using var ones = torch.ones(2, device: TrainingDevice.Cpu.Open());
        Assert.Equal(DeviceType.CPU, ones.device.type);
    }

    [Fact]
    public void Resolve_OfCudaWhereNothingHasIt_SaysWhatIsMissingAndHowToGetIt()
    {
        var failed = Assert.Throws<EyeSlotsException>(() => TrainingDevice.Parse("cuda")!.Value.Resolve());
        Assert.Equal(ErrorCodes.DeviceUnavailable, failed.Code);
        Assert.Contains("libtorch_cuda.so", failed.Message, StringComparison.Ordinal);
        Assert.Contains(LibTorchFolder.Variable, failed.Message, StringComparison.Ordinal);
        Assert.Equal("cpu", default(TrainingDevice).Resolve().Text);
    }
}
