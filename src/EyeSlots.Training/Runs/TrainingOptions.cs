using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Torch;

namespace EyeSlots.Training.Runs;

/// <summary>What a run trains, on what, how and where.</summary>
public sealed record TrainingOptions
{
    /// <summary>The dataset root.</summary>
    public required StorageAddress Root { get; init; }

    /// <summary>The dataset below it.</summary>
    public string Dataset { get; init; } = "affectnet";

    /// <summary>A generation of it; the newest where none is named, and the run's own when it is resumed.</summary>
    public int? Generation { get; init; }

    /// <summary>Names of the lists to train on.</summary>
    public required IReadOnlyList<string> Train { get; init; }

    /// <summary>Names of the lists by which the best epoch is chosen.</summary>
    public required IReadOnlyList<string> Validation { get; init; }

    /// <summary>The folder of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The network.</summary>
    public ModelDescription Model { get; init; } = ModelDescription.Of("M1");

    /// <summary>How often all faces are trained on, 1 to 100,000; the model's own number where none is named.</summary>
    public int? Epochs { get; init; }

    /// <summary>Ends after so many epochs without a better one, 1 and up.</summary>
    public int? EarlyStopping { get; init; }

    /// <summary>How faces become batches, and by how many threads. Its augmentation's cutout is the model's where <see cref="Cutout"/> is not set.</summary>
    public LoaderOptions Loader { get; init; } = new();

    /// <summary>The side of the square that is cut out as a share of the input's height; the model's own where none is named.</summary>
    public double? Cutout { get; init; }

    /// <summary>How gradients change weights.</summary>
    public OptimizationOptions Optimization { get; init; } = new();

    /// <summary>What computes.</summary>
    public TrainingDevice Device { get; init; }

    /// <summary>Threads of an operation on the CPU; all cores where none are named, and the run's own when it is resumed.</summary>
    public int? Threads { get; init; }

    /// <summary>Training and validation may share photographs.</summary>
    public bool AllowLeaks { get; init; }

    /// <summary>Goes on with the run that the folder holds.</summary>
    public bool Resume { get; init; }

    /// <summary>The time between two checkpoints within an epoch, from no time (each step) to a day.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Checks every value, and what they are together; returns this, with the model's defaults in it.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public TrainingOptions Validated()
    {
        AnnotationList.CheckName(Dataset, "dataset");
        if (Generation is { } generation) Require.Between("--generation", generation, 1, int.MaxValue);
        Require.That(Train.Count > 0, "--train names no list.");
        Require.That(Validation.Count > 0, "--validation names no list.");
        var both = Train.Intersect(Validation, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Require.That(both.Length == 0, $"--train and --validation both name {string.Join(", ", both)}; a list is for the one or for the other.");
        if (Epochs is { } epochs) Require.Between("--epochs", epochs, 1, 100_000);
        if (EarlyStopping is { } patience) Require.Between("--early-stopping", patience, 1, 100_000);
        if (Threads is { } threads) TorchThreads.Validated(threads);
        Require.That(CheckpointEvery >= TimeSpan.Zero && CheckpointEvery <= TimeSpan.FromDays(1), FormattableString.Invariant($"--checkpoint-every must lie between 0s and 24h, not {CheckpointEvery.TotalSeconds:0}s."));
        Require.That((long)Loader.BatchSize * Loader.Input.Bytes <= Array.MaxLength, $"--batch {Loader.BatchSize} of --size {Loader.Input} has more than 2 GB; take less of the one or of the other.");
        Model.Validated();
        Optimization.Validated();
        var loader = Loader with { Augmentation = Loader.Augmentation with { Cutout = Cutout ?? Model.Cutout } };
        return this with { Epochs = Epochs ?? Model.Epochs, Loader = loader.Validated() };
    }

    /// <summary>What decides the run's weights.</summary>
    internal RunSettings Settings(int threads) => new(
        [.. Train.Distinct().Order(StringComparer.Ordinal)], [.. Validation.Distinct().Order(StringComparer.Ordinal)], AllowLeaks,
        ModelDescriptionJson.Write(Model), Loader.Input.ToString(), Loader.Input.Gray, Epochs!.Value, Loader.BatchSize, Loader.Seed, Loader.Balance,
        EarlyStopping, Loader.Augmentation, Optimization, threads);
}
