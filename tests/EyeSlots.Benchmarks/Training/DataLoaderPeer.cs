using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Spark.Tests.Servers;
using EyeSlots.Training.Loading;

namespace EyeSlots.Benchmarks.Training;

/// <summary>What an epoch took.</summary>
/// <param name="Faces">Faces behind the first batch.</param>
/// <param name="Seconds">From the first batch to the last.</param>
/// <param name="Processor">Seconds of all cores for the whole epoch.</param>
internal readonly record struct EpochCost(int Faces, double Seconds, double Processor)
{
    public double FacesPerSecond => Faces / Seconds;

    public double ProcessorMicroseconds => 1e6 * Processor / Faces;
}

/// <summary>The rival: a PyTorch DataLoader in a process of its own.</summary>
internal static partial class DataLoaderPeer
{
    /// <summary>Runs epochs over a dataset of one list; says which versions ran.</summary>
    public static (string Versions, List<EpochCost> Epochs) Run(string root, LoaderOptions options, int epochs)
    {
        int[] numbers = [options.BatchSize, options.Workers, epochs, options.Input.Width, options.Input.Height];
        var printed = Execution.Of(
            "/usr/bin/python3",
            [Path.Combine(AppContext.BaseDirectory, "Training", "dataloader_peer.py"), root, .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))],
            new() { ["PYTHONPATH"] = Tools.PyArrow(), ["OMP_NUM_THREADS"] = "1" }).Output;
        var costs = Line().Matches(printed).Select(line => new EpochCost(
            int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture),
            double.Parse(line.Groups[3].Value, CultureInfo.InvariantCulture)));
        return (printed[..printed.IndexOf('\n', StringComparison.Ordinal)], [.. costs]);
    }

    [GeneratedRegex(@"faces=(\d+) seconds=([0-9.]+) processor=([0-9.]+)")]
    private static partial Regex Line();
}
