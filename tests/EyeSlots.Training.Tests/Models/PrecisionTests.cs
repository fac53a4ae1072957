using EyeSlots.Core;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;
using static EyeSlots.Training.Tests.Optimization.SmallNetwork;

namespace EyeSlots.Training.Tests.Models;

/// <summary>In what numbers, and in what order of memory, networks compute.</summary>
[Collection(nameof(TorchSteps))]
public sealed class PrecisionTests
{
    static PrecisionTests() => LibTorch.Load();

    [Theory]
    [InlineData(Precision.BFloat16, "--precision bfloat16 needs --device cuda; the CPU trains in float32.")]
    [InlineData(Precision.Tf32, "--precision tf32 needs --device cuda; the CPU trains in float32.")]
    public void Create_OnTheCpuWithACardsPrecision_IsAWrongCommandLine(Precision precision, string text)
    {
        using var network = Create(Model);
        var error = Assert.Throws<EyeSlotsException>(() => new TrainingStep(network, new() { Precision = precision }, Steps, torch.CPU));
        Assert.Equal((ErrorCodes.Usage, text), (error.Code, error.Message));
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("WRN-16-2")]
    public void Forward_InBFloat16_IsFloat32sButForItsDigits(string model)
    {
        // The CPU trains in float32 alone, but the casts are the same there.
        using var scope = torch.NewDisposeScope();
        using var network = Create(ModelDescription.Of(model));
        using var sender = new BatchSender(Input, torch.CPU);
        using var sent = sender.Send(Batches[0]);
        network.eval();
        var exact = network.call(sent.Input);
        network.Precision = Precision.BFloat16;
        var cast = network.call(sent.Input);
        cast.sum().backward();
        Assert.Equal(torch.ScalarType.Float32, cast.dtype);
        Assert.InRange((cast - exact).abs().max().item<float>(), 1e-6f, 0.05f);
        Assert.All(network.parameters(), parameter => Assert.Equal(torch.ScalarType.Float32, parameter.grad!.dtype));
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("WRN-16-2")]
    public void Forward_WithWeightsAndPixelsChannelsLast_GivesThePlainNumbers(string model)
    {
        using var scope = torch.NewDisposeScope();
        using var last = Create(ModelDescription.Of(model) with { Dropout = 0 });
        using var plain = Create(last.Description);
        foreach (var parameter in plain.parameters().Where(parameter => parameter.dim() == 4))
        {
            using var none = torch.no_grad();
            parameter.set_(parameter.contiguous());
        }

        using var sender = new BatchSender(Input, torch.CPU);
        using var sent = sender.Send(Batches[0]);
        Assert.False(last.parameters().First().is_contiguous());
        Assert.True(plain.parameters().First().is_contiguous());
        var difference = (last.call(sent.Input) - plain.call(sent.Input.contiguous())).abs().max().item<float>();

        // Another order of memory is another order of sums: some digits of float32's seven, after 16 layers. A wrong order would differ in the first.
        Assert.InRange(difference, 0, 1e-5f);
    }
}
