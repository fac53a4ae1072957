using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;
using static EyeSlots.Training.Tests.Optimization.SmallNetwork;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>Steps of training on random batches.</summary>
[Collection(nameof(TorchSteps))]
public sealed class TrainingStepTests
{
    static TrainingStepTests() => LibTorch.Load();

    public static TheoryData<OptimizationOptions> Kinds => new(
        new OptimizationOptions { LearningRate = 1e-3 },
        new OptimizationOptions
        {
            LearningRate = 1e-3, Optimizer = OptimizerKind.AdamW, WeightDecay = 0.01, Loss = LossKind.Both, Schedule = ScheduleKind.Cosine, WarmUp = 3,
        },
        new OptimizationOptions { LearningRate = 1e-2, Optimizer = OptimizerKind.Sgd, WeightDecay = 1e-4, ClipNorm = 0.5 });

    [Theory]
    [InlineData(LossKind.Mse)]
    [InlineData(LossKind.Ccc)]
    [InlineData(LossKind.Both)]
    public void Run_ManyTimes_MakesTheLossSmall(LossKind loss)
    {
        using var network = Create(ModelDescription.Of("tiny"));
        using var step = new TrainingStep(network, new() { LearningRate = 1e-3, Loss = loss }, 40, torch.CPU);
        var losses = Enumerable.Range(0, 40).Select(at => step.Run(Batches[0], at, 5)).ToArray();
        Assert.True(losses[^1] < losses[0] / 4, string.Join(" ", losses));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Run_Twice_GivesTheSameBytes(OptimizationOptions options)
    {
        var first = Train(options, seed: 5);
        Assert.Equal(first, Train(options, seed: 5));
        Assert.NotEqual(first, Train(options, seed: 6));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_InTheMiddle_GoesOnToTheSameBytes(OptimizationOptions options)
    {
        using var scratch = new Scratch();
        byte[] Part(int from, int to)
        {
            using var network = Create(Model);
            using var step = new TrainingStep(network, options, Steps, torch.CPU);
            if (from > 0)
            {
                using var file = SafetensorsFile.Open(scratch["middle"]);
                step.Load(file);
            }

            for (var at = from; at < to; at++) step.Run(Batches[at % Batches.Count], at, 5);
            File.WriteAllBytes(scratch["middle"], Bytes(step));
            return Bytes(step);
        }

        Part(0, 7);
        Part(7, 8);
        Assert.Equal(Train(options, seed: 5), Part(8, Steps));
    }

    [Fact]
    public void Load_OfAnotherModel_NamesTheTensorAndBothShapes()
    {
        using var scratch = new Scratch();
        using (var network = Create(Model))
        using (var step = new TrainingStep(network, new(), Steps, torch.CPU)) SafetensorsFile.Write(scratch["state"], step.State, new Dictionary<string, string>());
        using var wider = Create(new VggDescription("wider", [16, 32, 65], [64], 0, 1));
        using var other = new TrainingStep(wider, new(), Steps, torch.CPU);
        using var file = SafetensorsFile.Open(scratch["state"]);
        var error = Assert.Throws<EyeSlotsException>(() => other.Load(file));
        Assert.Equal(ErrorCodes.ModelMismatch, error.Code);
        Assert.Contains("has model.features.2.0.weight as F32 64 x 32 x 3 x 3, and the model as F32 65 x 32 x 3 x 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FromTheSecondStepOn_LeavesAsManyTensorsAlive()
    {
        using var network = Create(ModelDescription.Of("WRN-16-2"));
        using var step = new TrainingStep(network, new() { Loss = LossKind.Both, ClipNorm = 1 }, Steps, torch.CPU);
        long[] alive = new long[6];
        for (var at = 0; at < alive.Length; at++)
        {
            step.Run(Batches[0], at, 5);
            alive[at] = LiveTensors.Count();
        }

        Assert.All(alive[1..], count => Assert.Equal(alive[1], count));
    }

    [Fact]
    public void Run_WithALearningRateOf1e30_SaysALossThatIsNoNumber()
    {
        using var network = Create(Model);
        using var step = new TrainingStep(network, new() { LearningRate = 1e30 }, Steps, torch.CPU);
        Assert.Contains(Enumerable.Range(0, 5).Select(at => step.Run(Batches[0], at, 5)), loss => !float.IsFinite(loss));
    }

    private static byte[] Train(OptimizationOptions options, ulong seed)
    {
        using var network = Create(Model);
        using var step = new TrainingStep(network, options, Steps, torch.CPU);
        for (var at = 0; at < Steps; at++) step.Run(Batches[at % Batches.Count], at, seed);
        return Bytes(step);
    }
}
