using EyeSlots.Training.Models;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Benchmarks.Training;

/// <summary>A step of training beside PyTorch's on the same cores or the same card, in turns; then whole epochs, loader and all, beside bare steps.</summary>
internal static class StepBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var device = (TrainingDevice.Parse(options.Device) ?? throw new ArgumentException($"--device has no value {options.Device}.")).Resolve();
        TorchThreads.Use(Environment.ProcessorCount);
        Console.WriteLine($"{device}, {Environment.ProcessorCount} threads, batch {options.Batch}; libtorch {LibTorch.Load().Version}");
        string[] models = options.Models.Length > 0 ? options.Models.Split(',') : device.IsCuda ? ["M1", "M2", "WRN-16-8"] : ["M1", "tiny"];
        foreach (var model in models)
        {
            foreach (var precision in PrecisionsOf(options, device))
            {
                Compare(options, device, model, precision);
                await MeasureEpochsAsync(options, device, model, precision);
            }
        }

        return 0;
    }

    private static Precision[] PrecisionsOf(Options options, TrainingDevice device) =>
        options.Precision.Length > 0 ? [Enum.Parse<Precision>(options.Precision, ignoreCase: true)] : device.IsCuda ? Enum.GetValues<Precision>() : [Precision.Float32];

    private static double MostTime(Options options, TrainingDevice device, string model) =>
        device.IsCuda ? 1 / 0.95 : model == "tiny" ? 1.1 : options.Python == Options.Debian ? 0.75 : 1.05;

    private static async Task MeasureEpochsAsync(Options options, TrainingDevice device, string model, Precision precision)
    {
        BareSteps Start() => new(ModelDescription.Of(model), options.Batch, device.Open(), precision);
        var (faces, turns) = options.Check ? (2 * options.Batch, 1) : (device.IsCuda ? 20_000 : model == "tiny" ? 5000 : 1000, 3);
        var title = Title(model, precision);
        await EpochRate.MeasureAsync(Start, title, options.Batch, faces, turns, wanted: model == "tiny" ? 0.85 : 0.95, isBusy: false);
        if (model == "tiny") await EpochRate.MeasureAsync(Start, title, options.Batch, faces, turns, wanted: 0.35, isBusy: true);
    }

    private static string Title(string model, Precision precision) => $"{model,-8} {precision}";

    private static void Compare(Options options, TrainingDevice device, string name, Precision precision)
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
            $"{Title(name, precision),-17} {options.Batch / Turns.Median(mine),7:F0} faces a second; {peer.Versions}: {options.Batch / Turns.Median(theirs):F0}; time {Turns.Median(ratios):F2} of it (wanted: at most {MostTime(options, device, name):F2})"));
    }
}
