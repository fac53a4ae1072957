using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>Steps of training on random batches.</summary>
public sealed class TrainingStepTests
{
    static TrainingStepTests() => LibTorch.Load();

    [Theory]
    [InlineData(LossKind.Mse)]
    [InlineData(LossKind.Ccc)]
    [InlineData(LossKind.Both)]
    public void Run_ManyTimes_MakesTheLossSmall(LossKind loss)
    {
        var batch = RandomBatch.Of(InputShape.Default, 16);
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), InputShape.Default, 0, 0, seed: 1);
        using var step = new TrainingStep(network, new() { LearningRate = 1e-3, Loss = loss }, 30, torch.CPU);
        var losses = Enumerable.Range(0, 30).Select(at => step.Run(batch, at, 5)).ToArray();
        Assert.True(losses[^1] < losses[0] / 4, string.Join(" ", losses));
    }
}
