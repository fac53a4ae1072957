using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace EyeSlots.Training.Tests.Optimization;

/// <summary>
/// Why <c>--warm-up 100</c> belongs to a rate of 1e-3: Adam's first steps move each weight by the whole rate, and what goes into a dense layer is
/// never negative, so ten of them shut all but a few units for good. With 4 to 33 left of 64 (seeds 1 to 20), about one run in ten has too few to
/// tell both outputs, and one stays at CCC 0.
/// </summary>
[Collection(nameof(TorchSteps))]
public sealed class WarmUpTests
{
    private const int Epochs = 2, Steps = 10, LeastUnits = 32;
    private const double LeastCcc = 0.3;
    private static readonly OptimizationOptions Warm = new() { LearningRate = 1e-3, WarmUp = 100 };

    static WarmUpTests() => LibTorch.Load();

    [Fact]
    public async Task Train_WithAWarmUp_KeepsHalfOfTheUnitsAndLearnsBothOutputs()
    {
        using var dataset = await DrawnDataset.DrawAsync(1500, options => options with { Variety = 1, Side = 300 });
        var (training, validation) = (await dataset.FacesAsync("training"), await dataset.FacesAsync("validation", "test"));
        for (var seed = 1; seed <= LongRun.Count(3, 20); seed++)
        {
            var (units, valence, arousal) = Train(training, validation, seed);
            Assert.True(units >= LeastUnits && valence > LeastCcc && arousal > LeastCcc, $"seed {seed}: {units} units after {Steps} steps; CCC {valence} and {arousal} after {Epochs} epochs");
        }
    }

    private static (int Units, double? Valence, double? Arousal) Train(FaceTable training, FaceTable validation, int seed)
    {
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), InputShape.Default, (float)training.MeanValence, (float)training.MeanArousal, seed);
        using var stream = new ShardStream(training, new() { Seed = seed }, NullLogger.Instance);
        using var judged = new ShardStream(validation, new() { BatchSize = 256, Augmentation = AugmentationOptions.None }, NullLogger.Instance);
        using var step = new TrainingStep(network, Warm, (long)stream.BatchesPerEpoch * Epochs, torch.CPU);
        var units = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var batch in stream.Epoch(epoch))
            {
                step.Run(batch, ((long)epoch * stream.BatchesPerEpoch) + batch.Index, (ulong)seed);
                if (epoch == 0 && batch.Index == Steps - 1) units = OpenUnits(network, judged.InOrder().First());
            }
        }

        using var inference = new Inference(network, torch.CPU);
        var result = new Validation(validation, judged, inference).Run(CancellationToken.None);
        return (units, result.Valence.Ccc, result.Arousal.Ccc);
    }

    // Units of the dense layer before the last that do not say the same of every face.
    private static int OpenUnits(EyeNetwork network, FaceBatch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        using var sender = new BatchSender(network.Input, torch.CPU);
        network.eval();
        var layers = network.named_children().Single(child => child.name == "classifier").module.children().ToArray();
        var features = (torch.nn.Module<torch.Tensor, torch.Tensor>)network.named_children().Single(child => child.name == "features").module;
        var values = layers[..^1].Aggregate(features.call(sender.Send(batch).Input).flatten(1), (input, layer) => ((torch.nn.Module<torch.Tensor, torch.Tensor>)layer).call(input));
        return (int)(values.std(0) > 0).sum().item<long>();
    }
}
