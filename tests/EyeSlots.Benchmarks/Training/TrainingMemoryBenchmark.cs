using System.Globalization;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>
/// Live tensors and resident memory of whole runs, with checkpoints, validation and all: over their epochs, and with ten times the faces.
/// Each run is a process of its own, this program with <c>--data ROOT --epochs N</c>.
/// </summary>
internal static class TrainingMemoryBenchmark
{
    private const double MostGrowth = 1.05, MostMore = 1.1;

    public static async Task<int> RunAsync(Options options)
    {
        if (options.Data.Length > 0) return await TrainAsync(options.Data, options.Epochs);
        var faces = options.Check ? 200 : options.Count;
        using var dataset = await DrawnDataset.DrawCopiesAsync(faces, 10);
        using var small = await DrawnDataset.DrawCopiesAsync(faces, 1);
        var few = Measure(small.Root, options.Check ? 2 : Math.Max(8, options.Epochs));
        var many = Measure(dataset.Root, options.Check ? 2 : 3);
        Console.WriteLine(FormattableString.Invariant($"ten times the faces take {many / few:F3} of the memory (wanted: at most {MostMore})"));
        return 0;
    }

    private static double Measure(string root, int epochs)
    {
        var printed = Execution.Of(Environment.ProcessPath!, ["training", "memory", "--data", root, "--epochs", epochs.ToString(CultureInfo.InvariantCulture)]).Output;
        Console.Write(printed);
        var last = printed.TrimEnd().Split('\n')[^1];
        return double.Parse(last.Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task<int> TrainAsync(string root, int epochs)
    {
        using var run = new Integration.Tests.Scratch();
        var watcher = new MemoryWatcher();
        var lists = await DrawnDataset.ListsOfAsync(root);
        TrainingOptions options = new()
        {
            Root = StorageAddress.Parse(root), Dataset = DrawnDataset.Name, Run = run["run"], Epochs = epochs, Model = ModelDescription.Of("tiny"),
            Train = [.. lists.Where(list => list.StartsWith("training", StringComparison.Ordinal))], Validation = ["validation"], Loader = new() { Input = new(48, 16, false) },
        };
        await new TrainingRun(new DrawnDataset.LocalStores(), TimeProvider.System, NullLogger.Instance).RunAsync(options, watcher, CancellationToken.None);
        var (second, last) = (watcher.Resident[1], watcher.Resident[^1]);
        Console.WriteLine(FormattableString.Invariant($"{watcher.FacesPerEpoch} faces an epoch: live tensors after each step from the second: {string.Join(", ", watcher.Tensors.Order())} (wanted: one number)"));
        Console.WriteLine(FormattableString.Invariant($"{last:F1} MB resident in epoch {epochs}, {last / second:F3} of the second's {second:F1} (wanted: at most {MostGrowth}); each: {string.Join(", ", watcher.Resident.Select(epoch => epoch.ToString("F0", CultureInfo.InvariantCulture)))}"));
        return 0;
    }
}
