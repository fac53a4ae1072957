using System.Diagnostics;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>Whole epochs from shards on disk, from asking for the first batch to the last step, beside bare steps, in turns.</summary>
internal static class EpochRate
{
    /// <summary>Prints the share of the bare steps' rate that an epoch has.</summary>
    /// <param name="start">Makes the bare steps.</param>
    /// <param name="title">What they are.</param>
    /// <param name="batch">Faces of a batch.</param>
    /// <param name="faces">Of an epoch.</param>
    /// <param name="turns">Epochs.</param>
    /// <param name="wanted">The least share.</param>
    /// <param name="isBusy">Whether another process wants a core during the epochs, and not during the bare steps.</param>
    public static async Task MeasureAsync(Func<BareSteps> start, string title, int batch, int faces, int turns, double wanted, bool isBusy)
    {
        using var dataset = await DrawnDataset.DrawAsync(faces, synth => synth with { Side = 256 });
        var options = new LoaderOptions { BatchSize = batch };
        using var stream = new ShardStream(await dataset.FacesAsync(), options, NullLogger.Instance);
        using var steps = start();
        List<double> shares = [], rates = [];
        for (var turn = 0; turn < turns; turn++)
        {
            var bare = options.BatchSize / steps.SecondsOfStep(Math.Max(1, stream.BatchesPerEpoch / 2));
            var rate = Epoch(stream, turn, steps, isBusy);
            rates.Add(rate);
            shares.Add(rate / bare);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{title,-17} an epoch from shards{(isBusy ? " beside a busy process" : "")}: {Turns.Median(rates):F0} faces a second, {Turns.Median(shares):F2} of bare steps (wanted: at least {wanted:F2})"));
    }

    private static double Epoch(ShardStream stream, int epoch, BareSteps steps, bool isBusy)
    {
        using var other = isBusy ? Process.Start("/bin/sh", ["-c", "while :; do :; done"]) : null;
        try
        {
            var started = Stopwatch.GetTimestamp();
            return steps.Train(stream.Epoch(epoch)) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        finally
        {
            other?.Kill();
            other?.WaitForExit();
        }
    }
}
