using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Models;

/// <summary>
/// Debian's PyTorch, given the same weights by a safetensors file, computes what we do. In double: the first step of Adam moves a weight by
/// the sign of its gradient, so that float32's last digit of a gradient near 0 would be seen in full.
/// </summary>
public sealed class PyTorchTests
{
    private const double Tolerance = 1e-4, Rate = 1e-3;

    static PyTorchTests() => LibTorch.Load();

    [Theory]
    [InlineData("tiny", 96, 32, 8)]
    [InlineData("M1", 48, 16, 4)]
    [InlineData("M2", 64, 32, 4)]
    [InlineData("WRN-16-2", 24, 16, 4)]
    [InlineData("WRN-16-8", 16, 8, 2)]
    [InlineData("WRN-28-10", 16, 8, 2)]
    public async Task ForwardAndAStepOfAdam_OfEachModel_ArePyTorchs(string model, int width, int height, int faces)
    {
        var differences = await CompareAsync(model, new(width, height, false), faces, OptimizerKind.Adam, 1, torch.ScalarType.Float64);
        Assert.All(["eval", "train", "state"], name => Assert.InRange(differences(name), 0, Tolerance));
        Assert.InRange(differences("moved"), Rate * 0.9, Rate * 1.1);
    }

    [Theory]
    [InlineData("tiny", false)]
    [InlineData("tiny", true)]
    [InlineData("WRN-16-2", false)]
    public async Task Forward_InFloat32_IsPyTorchs(string model, bool gray)
    {
        var differences = await CompareAsync(model, new(48, 32, gray), 8, OptimizerKind.Adam, 1, torch.ScalarType.Float32);
        Assert.All(["eval", "train"], name => Assert.InRange(differences(name), 0, Tolerance));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public async Task FiveSteps_OfEachOptimizerWithWeightDecay_ArePyTorchs(OptimizerKind kind)
    {
        var differences = await CompareAsync("tiny", new(16, 8, false), 8, kind, 5, torch.ScalarType.Float64);
        Assert.InRange(differences("state"), 0, 1e-7);
        Assert.InRange(differences("moved"), Rate, 1);
    }

    private static async Task<Func<string, double>> CompareAsync(
        string name, InputShape input, int faces, OptimizerKind kind, int steps, torch.ScalarType type)
    {
        using var scratch = new Integration.Tests.Scratch();
        var model = ModelDescription.Of(name) with { Dropout = 0 };
        using (var network = EyeNetwork.Create(model, input, 0.1f, -0.2f, seed: 3).Stirred())
        {
            network.to(type);
            Train(network, RandomBatch.Of(input, faces), new() { Optimizer = kind, WeightDecay = 0.01 }, steps, scratch["before"], scratch["after"]);
        }

        var json = await Python.RunAsync(
            "Models/torch_step.py", ModelDescriptionJson.Write(model).ToJsonString(), scratch["before"], scratch["after"], kind.ToString().ToLowerInvariant(), $"{steps}");
        return difference => json.GetProperty(difference).GetDouble();
    }

    private static void Train(EyeNetwork network, FaceBatch batch, OptimizationOptions options, int steps, string before, string after)
    {
        using var scope = torch.NewDisposeScope();
        using var sender = new BatchSender(network.Input, torch.CPU);
        using var sent = sender.Send(batch);
        var type = network.parameters().First().dtype;
        var (input, targets, weights) = (sent.Input.to(type), sent.Targets.to(type), sent.Weights.to(type));
        Write(before, network, ("input", input), ("targets", targets));
        network.eval();
        var evaluated = network.call(input);
        network.train();
        torch.Tensor? trained = null;
        using IOptimizer optimizer = options.Optimizer == OptimizerKind.Sgd ? new Sgd(network, options) : new Adam(network, options);
        for (var step = 0; step < steps; step++)
        {
            var outputs = network.call(input);
            trained ??= outputs.detach();
            network.zero_grad();
            Losses.Of(options, outputs, targets, weights).backward();
            optimizer.Step(Rate);
        }

        Write(after, network, ("outputs.eval", evaluated), ("outputs.train", trained!));
    }

    private static void Write(string path, EyeNetwork network, params (string Name, torch.Tensor Tensor)[] others) => SafetensorsFile.Write(
        path, [.. NetworkState.Of(network), .. others.Select(other => KeyValuePair.Create(other.Name, other.Tensor))], new Dictionary<string, string>());
}
