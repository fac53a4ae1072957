using System.Diagnostics;
using System.Globalization;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>How far one comes on drawn eyes without a network: fitted to training, judged on test. What is too easy proves nothing of a network.</summary>
internal static class FloorsBenchmark
{
    private const int Faces = 10_000;
    private const double MostOfGeometry = 0.65, MostOfLinear = 0.75;

    public static async Task<int> RunAsync(Options options)
    {
        var isHard = true;
        foreach (var variety in (double[])[0, 1])
        {
            using var dataset = await DrawnDataset.DrawAsync(
                options.Check ? 300 : Faces, synth => new SynthOptions { Faces = synth.Faces, Variety = variety, Seed = options.Seed });
            var test = await dataset.FacesAsync("test");
            var started = Stopwatch.GetTimestamp();
            var (floors, reader) = await FitAsync(dataset);
            Console.WriteLine(Text(
                $"variety {variety}: {floors.LinearFaces} faces of training, {test.Count} of test; fitted in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s; ridge {floors.Ridge.Valence} and {floors.Ridge.Arousal}"));
            foreach (var floor in await floors.PredictAsync(test, reader)) isHard &= Show(floor, test) || variety == 0;
        }

        Console.WriteLine(Text($"wanted at variety 1: geometry at most {MostOfGeometry}, linear at most {MostOfLinear}: {(isHard ? "yes" : "no")}"));
        return isHard || options.Check ? 0 : 1;
    }

    private static async Task<(Floors Floors, FloorReader Reader)> FitAsync(DrawnDataset dataset)
    {
        var reader = new FloorReader(new(), NullLogger.Instance);
        return (await Floors.FitAsync(await dataset.FacesAsync("training"), await dataset.FacesAsync("validation"), reader), reader);
    }

    private static bool Show(FloorPredictions floor, FaceTable faces)
    {
        var ccc = FloorReader.Labels(faces).Zip(floor.Values, (labels, values) => RegressionMetrics.Of(labels, values).Ccc ?? double.NaN);
        Console.WriteLine(Text($"  {floor.Name,-10} CCC of valence {ccc.Valence:F3}, of arousal {ccc.Arousal:F3}"));
        var most = floor.Name switch { "geometry" => MostOfGeometry, Floors.Judge => MostOfLinear, _ => 1 };
        return ccc.Valence <= most && ccc.Arousal <= most;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
