using System.Diagnostics;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using TorchSharp;

namespace EyeSlots.Benchmarks.Training;

/// <summary>Steps of training on one batch that is there already, and on others beside it.</summary>
internal sealed class BareSteps : IDisposable
{
    private readonly FaceBatch batch;
    private readonly EyeNetwork network;
    private readonly TrainingStep training;
    private long step;

    public BareSteps(ModelDescription model, int batchSize, torch.Device device, Precision precision)
    {
        batch = RandomBatch.Of(InputShape.Default, batchSize);
        network = EyeNetwork.Create(model, InputShape.Default, 0, 0, seed: 1);
        training = new(network, new() { Precision = precision }, long.MaxValue, device);
        SecondsOfStep(2);
    }

    /// <summary>Takes steps on the one batch; the seconds of one.</summary>
    public double SecondsOfStep(int steps)
    {
        var started = Stopwatch.GetTimestamp();
        Train(Enumerable.Repeat(batch, steps));
        return Stopwatch.GetElapsedTime(started).TotalSeconds / steps;
    }

    /// <summary>Takes a step on each of some batches, as a run does; the number of faces.</summary>
    public int Train(IEnumerable<FaceBatch> batches) => training.Train(batches, _ => step++, seed: 1).Sum(trained => trained.Count);

    public void Dispose()
    {
        training.Dispose();
        network.Dispose();
    }
}
