using System.Text.Json.Nodes;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace EyeSlots.Training.Runs;

/// <summary>What trains and what it trains on, put together from a run's settings; owns all of it.</summary>
internal sealed class TrainingParts : IDisposable
{
    private readonly FaceTable table;
    private readonly ShardStream validationStream;
    private readonly Inference inference;
    private readonly EyeNetwork network;

    /// <summary>Makes the network as it is before its first step, and opens the streams.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="training">Faces to train on.</param>
    /// <param name="validation">Faces of validation.</param>
    /// <param name="device">What computes.</param>
    /// <param name="log">Told of faces that do not decode.</param>
    public TrainingParts(TrainingOptions options, FaceTable training, FaceTable validation, torch.Device device, ILogger log)
    {
        table = training;
        Training = new(training, options.Loader, log);
        validationStream = new(validation, options.Loader with { Balance = false }, log);
        network = EyeNetwork.Create(options.Model, options.Loader.Input, (float)training.MeanValence, (float)training.MeanArousal, options.Loader.Seed);
        TotalSteps = (long)Training.BatchesPerEpoch * options.Epochs!.Value;
        Step = new(network, options.Optimization, TotalSteps, device);
        inference = new(network, device);
        Validation = new(validation, validationStream, inference);
        FacesPerEpoch = Math.Min(training.Count, (long)Training.BatchesPerEpoch * options.Loader.BatchSize);
    }

    /// <summary>Batches to train on.</summary>
    public ShardStream Training { get; }

    /// <summary>What a step does.</summary>
    public TrainingStep Step { get; }

    /// <summary>What an epoch ends with.</summary>
    public Validation Validation { get; }

    /// <summary>Of the whole run.</summary>
    public long TotalSteps { get; }

    /// <summary>Faces that an epoch trains on.</summary>
    public long FacesPerEpoch { get; }

    /// <summary>Faces that did not decode so far, in either stream.</summary>
    public int Broken => Training.Broken.Count + validationStream.Broken.Count;

    /// <summary>The network as it is now, to be saved.</summary>
    public ModelFile Model => new(network, Slots, (float)table.MeanValence, (float)table.MeanArousal);

    /// <summary>Names faces of training, for messages.</summary>
    public IEnumerable<string> Name(ReadOnlyMemory<int> faces) => faces.ToArray().Select(face => table.Keys[face].Display);

    /// <inheritdoc/>
    public void Dispose()
    {
        inference.Dispose();
        Step.Dispose();
        network.Dispose();
        validationStream.Dispose();
        Training.Dispose();
    }

    private JsonObject Slots => table.Generation.Manifest.Content.Parameters;
}
