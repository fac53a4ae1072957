using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks.Training;

/// <summary>One training of a benchmark, by the cosine schedule after a warm-up.</summary>
/// <param name="Model">Of the table.</param>
/// <param name="Epochs">How often all faces are trained on.</param>
/// <param name="LearningRate">The highest.</param>
/// <param name="Augmentation">What is drawn; its cutout is the model's own.</param>
/// <param name="Cutout">Another one than the model's own, or null.</param>
internal sealed record Lesson(string Model, int Epochs, double LearningRate, AugmentationOptions Augmentation, double? Cutout = null)
{
    /// <summary>As in the demo: without it about one run of tiny in ten never learns one of its outputs at 1e-3.</summary>
    private const int WarmUp = 100;

    private static readonly TrainingDevice Cpu = TrainingDevice.Parse("cpu")!.Value;

    /// <summary>Of weights and batches.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Trains on the list training, chooses by validation, and judges on test.</summary>
    /// <param name="dataset">Drawn faces.</param>
    /// <param name="folder">For the run.</param>
    public async Task<Learnt> LearnAsync(DrawnDataset dataset, string folder)
    {
        var options = new TrainingOptions
        {
            Root = StorageAddress.Parse(dataset.Root), Dataset = DrawnDataset.Name, Train = ["training"], Validation = ["validation"], Run = folder,
            Model = ModelDescription.Of(Model), Epochs = Epochs, Cutout = Cutout, Device = Cpu,
            Loader = new() { Augmentation = Augmentation, Seed = Seed }, Optimization = new() { LearningRate = LearningRate, WarmUp = WarmUp, Schedule = ScheduleKind.Cosine },
        };
        var run = await new TrainingRun(DrawnDataset.Stores, TimeProvider.System, NullLogger.Instance).RunAsync(options, null, CancellationToken.None);
        using var models = ModelSet.Load([folder], Cpu);
        var judged = await new Evaluator(models, new(), NullLogger.Instance).RunAsync(await dataset.FacesAsync("test"), null);
        return new(run, judged.Report);
    }
}

/// <summary>What came of it.</summary>
internal sealed record Learnt(RunSummary Run, EvaluationReport Test)
{
    public double Valence => Test.Valence.Ccc ?? double.NaN;

    public double Arousal => Test.Arousal.Ccc ?? double.NaN;
}
