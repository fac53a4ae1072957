using System.Diagnostics;
using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics;
using EyeSlots.Training.Metrics.Baselines;
using EyeSlots.Training.Tests.Comparison;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>
/// Whether the interval of <c>compare</c> holds what another test set shows: two seeds of a network predict strangers, of whom a tenth is measured
/// and the others are the second test set, in a hundred splits. Beside it, what is to be expected of a second set as small as the measured one,
/// as its interval is and √2 as wide.
/// </summary>
internal static class CompareBenchmark
{
    private const int Splits = 100, Wanted = 90, Strangers = 4000, StrangersSeed = 1000;
    private const double Measured = 0.1;
    private static readonly AugmentationOptions All = new();
    private static readonly Lesson[] Lessons = [new("tiny", 4, 1e-3, All), new("WRN-16-2", 6, 1e-3, All)];

    public static async Task<int> RunAsync(Options options)
    {
        LibTorch.Load();
        using var dataset = await DrawAsync(options.Check ? 200 : options.Count, options.Seed);
        using var strangers = await DrawAsync(options.Check ? 400 : Strangers, options.Seed + StrangersSeed);
        var faces = await strangers.FacesAsync();
        Console.WriteLine(Text($"trained on {dataset.Drawn.Faces} faces of variety 1, seed {options.Seed}; {faces.Count} strangers, of whom {Measured:P0} are measured; {Splits} splits, wanted {Wanted}"));
        var holds = true;
        foreach (var lesson in options.Check ? Lessons[..1] : Lessons.Where(lesson => options.Models.Length == 0 || options.Models.Split(',').Contains(lesson.Model)))
            holds &= await ShowAsync(lesson with { Epochs = options.Check ? 1 : options.Epochs > 0 ? options.Epochs : lesson.Epochs }, dataset, faces);
        return holds || options.Check ? 0 : 1;
    }

    private static async Task<bool> ShowAsync(Lesson lesson, DrawnDataset dataset, FaceTable faces)
    {
        using var runs = new Scratch();
        var began = Stopwatch.GetTimestamp();
        string[] folders = [Path.Combine(runs.Folder, "1"), Path.Combine(runs.Folder, "2")];
        foreach (var (folder, at) in folders.Select((folder, at) => (folder, at))) await (lesson with { Seed = at + 1 }).LearnAsync(dataset, folder);
        using var models = ModelSet.Load(folders, TrainingDevice.Parse("cpu")!.Value);
        var predicted = new DatasetPredictor(models, new() { BatchSize = 256 }, NullLogger.Instance).Run(faces, null, CancellationToken.None);
        Console.WriteLine(Text($"{lesson.Model}: {Quantity.Of(lesson.Epochs, "epoch")} of each of two seeds, {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        var t = FloorReader.Labels(faces);
        Outputs<double>[][] values = [.. Enumerable.Range(0, folders.Length).Select(run => Enumerable.Range(0, faces.Count).Select(face => predicted.Of(run, face)).ToArray())];
        return Show("valence", t.Valence, values, output => output.Valence) & Show("arousal", t.Arousal, values, output => output.Arousal);
    }

    private static bool Show(string name, double[] t, Outputs<double>[][] predicted, Func<Outputs<double>, double> output)
    {
        double[] first = [.. predicted[0].Select(output)], second = [.. predicted[1].Select(output)];
        var splits = new SplitCoverage(t, first, second);
        var held = splits.Count(Splits, Measured);
        var (one, other) = (RegressionMetrics.Of(t, first).Ccc ?? double.NaN, RegressionMetrics.Of(t, second).Ccc ?? double.NaN);
        Console.WriteLine(Text($"  {name} CCC {one:F4} and {other:F4}: the interval holds the second test set's difference in {held} of {Splits} splits"));
        var halves = splits.Counts(Splits, 0.5, 1, Math.Sqrt(2));
        Console.WriteLine(Text($"    in equal halves {halves[0]} of {Splits} (83 expected), √2 as wide {halves[1]}"));
        return held >= Wanted;
    }

    private static Task<DrawnDataset> DrawAsync(int faces, int seed) => DrawnDataset.DrawAsync(faces, synth => new SynthOptions { Faces = synth.Faces, Variety = 1, Seed = seed });

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
