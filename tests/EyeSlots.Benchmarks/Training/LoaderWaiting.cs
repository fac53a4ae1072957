using System.Diagnostics;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace EyeSlots.Benchmarks.Training;

/// <summary>How long a training on the CPU waits for its batches.</summary>
internal static class LoaderWaiting
{
    /// <summary>Trains for about the given time, the first batch not counted, and prints the share of it that was waited.</summary>
    public static void Measure(string title, FaceTable faces, string model, TimeSpan time)
    {
        LibTorch.Load();
        var options = new LoaderOptions();
        using var stream = new ShardStream(faces, options, NullLogger.Instance);
        using var network = EyeNetwork.Create(ModelDescription.Of(model), options.Input, (float)faces.MeanValence, (float)faces.MeanArousal, seed: 1);
        using var training = new TrainingStep(network, new(), totalSteps: 1_000_000, torch.CPU);
        var (step, started, first) = (0L, 0L, TimeSpan.Zero);
        for (var epoch = 0; started == 0 || Stopwatch.GetElapsedTime(started) < time; epoch++)
        {
            foreach (var batch in stream.Epoch(epoch))
            {
                if (started == 0) (started, first) = (Stopwatch.GetTimestamp(), stream.WaitedForFirst);
                training.Run(batch, step++, seed: 1);
                if (Stopwatch.GetElapsedTime(started) >= time) break;
            }
        }

        // The first batch of a further epoch is waited for as well.
        var (all, waited) = (Stopwatch.GetElapsedTime(started), stream.Waited + stream.WaitedForFirst - first);
        Console.WriteLine(
            $"{title}: {model} took {step * options.BatchSize / all.TotalSeconds:F0} faces a second for {all.TotalSeconds:F0} s and waited {100 * waited / all:F2} % of them " +
            $"(wanted: at most 5); the first batch came after {first.TotalMilliseconds:F0} ms");
    }
}
