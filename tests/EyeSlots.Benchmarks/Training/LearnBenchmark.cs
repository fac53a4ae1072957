using System.Globalization;
using EyeSlots.Core;
using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;

namespace EyeSlots.Benchmarks.Training;

/// <summary>
/// How much networks learn of drawn eyes that differ, beside the floors and beside what a perfect reader reaches that was trained by mse; and
/// what each augmentation is worth to the smallest of them.
/// </summary>
internal static class LearnBenchmark
{
    private const double WantedShareOfM1 = 0.93;
    private static readonly AugmentationOptions All = new();

    // 15 epochs of M1 take two quiet cores some 45 minutes, 12 of tiny 5.
    private static readonly Lesson Large = new("M1", 15, 3e-4, All), Wide = new("WRN-16-2", 15, 1e-3, All), Small = new("tiny", 12, 1e-3, All);

    private static readonly (string Name, Lesson Lesson)[] Variations =
    [
        ("all", Small),
        ("without brightness", Small with { Augmentation = All with { Brightness = 0 } }),
        ("without rotation", Small with { Augmentation = All with { Rotation = 0 } }),
        ("without shear", Small with { Augmentation = All with { Shear = 0 } }),
        ("without width shift", Small with { Augmentation = All with { WidthShift = 0 } }),
        ("without height shift", Small with { Augmentation = All with { HeightShift = 0 } }),
        ("without horizontal flip", Small with { Augmentation = All with { HorizontalFlip = 0 } }),
        ("with cutout", Small with { Cutout = 0.5 }),
        ("none", Small with { Augmentation = AugmentationOptions.None }),
    ];

    public static async Task<int> RunAsync(Options options)
    {
        LibTorch.Load();
        var faces = options.Check ? 200 : options.Count;
        using var dataset = await DrawnDataset.DrawAsync(faces, synth => new SynthOptions { Faces = synth.Faces, Variety = 1, Seed = options.Seed });
        using var runs = new Scratch();
        var drawn = dataset.Drawn;
        Console.WriteLine(Text($"{drawn.Faces} faces of variety 1, seed {options.Seed}; ceiling of mse: valence {drawn.MseValenceCcc:F3}, arousal {drawn.MseArousalCcc:F3}; {Environment.ProcessorCount} processors"));
        var epochs = options.Check ? 1 : options.Epochs;
        foreach (var lesson in ((Lesson[])(options.Check ? [Wide] : [Large, Wide])).Where(lesson => IsWanted(options, lesson)))
        {
            Show(await LearnAsync(lesson, epochs, dataset, Path.Combine(runs.Folder, lesson.Model)), lesson.Model, drawn);
        }

        if (IsWanted(options, Small)) await ShowContributionsAsync(options.Check ? Variations[..2] : Variations, epochs, dataset, runs);
        return 0;
    }

    private static bool IsWanted(Options options, Lesson lesson) => options.Models.Length == 0 || options.Models.Split(',').Contains(lesson.Model);

    private static Task<Learnt> LearnAsync(Lesson lesson, int epochs, DrawnDataset dataset, string folder) =>
        (epochs > 0 ? lesson with { Epochs = epochs } : lesson).LearnAsync(dataset, folder);

    private static async Task ShowContributionsAsync((string Name, Lesson Lesson)[] variations, int epochs, DrawnDataset dataset, Scratch runs)
    {
        Learnt? all = null;
        foreach (var (name, lesson) in variations)
        {
            var learnt = await LearnAsync(lesson, epochs, dataset, Path.Combine(runs.Folder, name));
            if (all is null) Show(all = learnt, lesson.Model, dataset.Drawn);
            Console.WriteLine(Text(
                $"  {lesson.Model} {name,-24} valence {learnt.Valence:F3} ({learnt.Valence - all.Valence:+0.000;-0.000; 0.000})   arousal {learnt.Arousal:F3} ({learnt.Arousal - all.Arousal:+0.000;-0.000; 0.000})"));
        }
    }

    private static void Show(Learnt learnt, string model, SynthSummary drawn)
    {
        var run = learnt.Run;
        Console.WriteLine(Text($"{model}: {Quantity.Of(run.Epochs, "epoch")} of {Quantity.Of(run.Best.Faces, "face")}, {run.Seconds:F0} s, {run.FacesPerSecond:F0} faces a second, {run.Waiting:P1} waiting; the best is epoch {run.Best.Epoch}"));
        ShowOutput("valence", learnt.Test.Valence, drawn.MseValenceCcc);
        ShowOutput("arousal", learnt.Test.Arousal, drawn.MseArousalCcc);
    }

    private static void ShowOutput(string name, OutputReport output, double ceiling)
    {
        var floors = string.Join(", ", output.Floors.Select(floor => Text($"{floor.Key} {floor.Value.Ccc:F3}")));
        var interval = output.Intervals.Ccc is { } ccc ? Text($" [{ccc.Low:F3}, {ccc.High:F3}]") : "";
        Console.WriteLine(Text($"  {name} CCC {output.Ccc:F3}{interval}; {output.Ccc / ceiling:F3} of the ceiling {ceiling:F3} (wanted of M1: {WantedShareOfM1}); floors: {floors}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
