using System.Text.Json;
using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Optimization;

namespace EyeSlots.Training.Runs;

/// <summary><c>config.json</c>: what a run is, enough to repeat it.</summary>
/// <param name="Run">Names the run, and its pin at the dataset's root.</param>
/// <param name="Data">What it trains on.</param>
/// <param name="Settings">What decides its weights; a resume must have the same.</param>
/// <param name="Machine">Where it runs and how fast; a resume may have others.</param>
/// <param name="Versions">Of what computes.</param>
internal sealed record RunConfig(string Run, RunSource Data, RunSettings Settings, RunMachine Machine, RunVersions Versions)
{
    /// <summary>Reads the file of a run.</summary>
    /// <exception cref="EyeSlotsException">It is no such file: checkpoint-damaged.</exception>
    public static RunConfig Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RunJson.Default.RunConfig) ?? throw new JsonException("It is empty.");
        }
        catch (JsonException error)
        {
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} holds no configuration of a run ({error.Message}); begin a new run.", error);
        }
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path) => DurableFiles.Write(path, stream => JsonSerializer.Serialize(stream, this, RunJson.Default.RunConfig));
}

/// <summary>The generation that a run trains on.</summary>
/// <param name="Root">Its address when the run last began; the dataset may move.</param>
/// <param name="Dataset">The dataset's name.</param>
/// <param name="Generation">Its number.</param>
/// <param name="ContentSha256">Of the manifest's content.</param>
internal sealed record RunSource(string Root, string Dataset, int Generation, string ContentSha256);

/// <summary>What decides a run's weights. A property has its option's name.</summary>
internal sealed record RunSettings(
    IReadOnlyList<string> Train, IReadOnlyList<string> Validation, bool AllowLeaks, JsonObject Model, string Size, bool Gray, int Epochs, int Batch, long Seed,
    bool Balance, int? EarlyStopping, AugmentationOptions Augmentation, OptimizationOptions Optimization, int Threads);

/// <summary>Where a run runs, and how fast.</summary>
internal sealed record RunMachine(
    string Device, int Workers, string? Cache, long CacheBytes, TimeSpan CheckpointEvery, string Processor, string Instructions, int Cores, string Host);

/// <summary>Versions of what computes. The weights are the same to the last bit only where these are.</summary>
internal sealed record RunVersions(string Program, string LibTorch, string TorchSharp, string DotNet)
{
    /// <summary>As warnings name them.</summary>
    public override string ToString() => $"EyeSlots {Program}, libtorch {LibTorch}, TorchSharp {TorchSharp}, {DotNet}";
}
