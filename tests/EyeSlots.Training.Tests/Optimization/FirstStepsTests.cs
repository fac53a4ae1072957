using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>The first steps of a network at the highest of the published learning rates, on eyes.</summary>
[Collection(nameof(TorchSteps))]
public sealed class FirstStepsTests
{
    private const double LearningRate = 1e-3;

    static FirstStepsTests() => LibTorch.Load();

    [Fact]
    public async Task Run_WithoutAWarmUp_LeavesUnitsThatTellFacesApart()
    {
        using var dataset = await DrawnDataset.DrawAsync(800, options => options with { Variety = 1, Side = 300 });
        var faces = await dataset.FacesAsync("training");
        Assert.DoesNotContain(Enumerable.Range(0, LongRun.Count(6, 40)), seed => IsDead(faces, seed));
    }

    // A network whose dense units are all shut says the same of every face.
    private static bool IsDead(FaceTable faces, int seed)
    {
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), InputShape.Default, (float)faces.MeanValence, (float)faces.MeanArousal, seed);
        using var step = new TrainingStep(network, new() { LearningRate = LearningRate }, totalSteps: 1000, torch.CPU);
        using var stream = new ShardStream(faces, new() { Seed = seed }, NullLogger.Instance);
        foreach (var batch in stream.Epoch(0)) step.Run(batch, batch.Index, (ulong)seed);
        using var inference = new Inference(network, torch.CPU);
        var first = stream.InOrder().First();
        var outputs = new float[2 * first.Count];
        inference.Predict(first, outputs);
        return outputs.Where((_, at) => at % 2 == 0).Distinct().Count() == 1;
    }
}
