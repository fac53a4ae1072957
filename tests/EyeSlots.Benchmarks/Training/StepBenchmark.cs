using EyeSlots.Training.Models;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Benchmarks.Training;

/// <summary>A step of training beside PyTorch's on the same cores or the same card, in turns; then whole epochs, loader and all, beside bare steps.</summary>
internal static class StepBenchmark
{
    private const string Debian = "/usr/bin/python3";

    public static async Task<int> RunAsync(Options options)
    {
        var device = (TrainingDevice.Parse(options.Device) ?? throw new ArgumentException($"--device has no value {options.Device}.")).Resolve();
        if (device.IsCuda)
        {
            foreach (var name in (string[])["M1", "M2", "WRN-16-8"]) CompareOnCard(options, device, name);
            return 0;
        }

        TorchThreads.Use(Environment.ProcessorCount);
        Console.WriteLine($"{Environment.ProcessorCount} threads, batch {options.Batch}; libtorch {LibTorch.Load().Version}");
        var isDebian = options.Python == Debian;
        Compare(options, device, "M1", Precision.Float32, isDebian ? 0.75 : 1.05);
        Compare(options, device, "tiny", Precision.Float32, 1.1);
        await EpochRate.MeasureAsync("M1", options.Check ? 64 : 1000, options.Check ? 1 : 3, wanted: 0.95, isBusy: false);
        await EpochRate.MeasureAsync("tiny", options.Check ? 64 : 5000, options.Check ? 1 : 3, wanted: 0.85, isBusy: false);
        await EpochRate.MeasureAsync("tiny", options.Check ? 64 : 5000, options.Check ? 1 : 3, wanted: 0.35, isBusy: true);
        return 0;
    }

    private static void CompareOnCard(Options options, TrainingDevice device, string name)
    {
        Precision[] precisions = options.Precision.Length > 0 ? [Enum.Parse<Precision>(options.Precision, ignoreCase: true)] : Enum.GetValues<Precision>();
        foreach (var precision in precisions) Compare(options, device, name, precision, 1 / 0.95);
    }

    private static void Compare(Options options, TrainingDevice device, string name, Precision precision, double wanted)
    {
        var model = ModelDescription.Of(name);
        using var ours = new BareSteps(model, options.Batch, device.Open(), precision);
        using var peer = StepPeer.Start(options.Python, model, options.Batch, Environment.ProcessorCount, device.Text, precision.ToString().ToLowerInvariant());
        var steps = options.Check ? 1 : Math.Max(2, (int)(2 / ours.SecondsOfStep(3)));
        List<double> mine = [], theirs = [], ratios = [];
        for (var turn = 0; turn < (options.Check ? 1 : 7); turn++)
        {
            mine.Add(ours.SecondsOfStep(steps));
            theirs.Add(peer.SecondsOfStep(steps));
            ratios.Add(mine[^1] / theirs[^1]);
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{name,-8} {precision,-8} {options.Batch / Turns.Median(mine),7:F0} faces a second; {peer.Versions}: {options.Batch / Turns.Median(theirs):F0}; time {Turns.Median(ratios):F2} of it (wanted: at most {wanted:F2})"));
    }
}
