using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Runs;
using TorchSharp;

namespace EyeSlots.Training.Evaluation;

/// <summary>The best model of one run.</summary>
internal sealed class RunModel : IDisposable
{
    private readonly Inference inference;
    private float[] outputs = [];

    private RunModel(string run, ModelFile file, JobParameters slots, torch.Device device) =>
        (Run, File, Slots, inference) = (run, file, slots, new(file.Network, device));

    /// <summary>The run's folder.</summary>
    public string Run { get; }

    /// <summary>The network, and what lies beside it.</summary>
    public ModelFile File { get; }

    /// <summary>What the network takes.</summary>
    public InputShape Input => File.Network.Input;

    /// <summary>How the slots were cut that it was trained on.</summary>
    public JobParameters Slots { get; }

    /// <summary>Demands a folder that holds a run.</summary>
    public static void RequireRun(string run) =>
        Require.That(System.IO.File.Exists(RunFolder.ConfigOf(run)), $"--run: {run} holds no run; name the folder that train was given.");

    /// <summary>Loads the best model of a run.</summary>
    public static RunModel Load(string run, torch.Device device)
    {
        var best = RunFolder.BestOf(run);
        if (!Directory.Exists(best)) throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{run} has no best model: no epoch of it has ended yet. Go on with it by train --resume.");
        var file = ModelFile.Load(best, device);
        try
        {
            return new(run, file, SlotsOf(file.Slots, best), device);
        }
        catch
        {
            file.Network.Dispose();
            throw;
        }
    }

    /// <summary>Predicts a batch.</summary>
    /// <returns>Valence and arousal of each face; valid until the next call.</returns>
    /// <exception cref="EyeSlotsException">diverged: one of them is no number.</exception>
    public ReadOnlySpan<float> Predict(FaceBatch batch)
    {
        if (outputs.Length < 2 * batch.Count) outputs = new float[2 * batch.Count];
        var predicted = outputs.AsSpan(0, 2 * batch.Count);
        inference.Predict(batch, predicted);
        foreach (var value in predicted)
        {
            if (!float.IsFinite(value)) throw new EyeSlotsException(ErrorCodes.Diverged, $"The model of {Run} predicts what is no number; train it again with a lower learning rate.");
        }

        return predicted;
    }

    /// <summary>In what slots were cut otherwise than those that the model was trained on; a line for each parameter.</summary>
    /// <param name="here">The parameters of a dataset.</param>
    public IEnumerable<string> OtherSlots(JsonObject here) =>
        from parameter in JsonNode.Parse(ParameterText.Of(Slots))!.AsObject()
        where !JsonNode.DeepEquals(parameter.Value, here[parameter.Key])
        select $"{parameter.Key}: {Text(here[parameter.Key])}; {Text(parameter.Value)} where the model was trained";

    /// <inheritdoc/>
    public void Dispose()
    {
        inference.Dispose();
        File.Network.Dispose();
    }

    private static string Text(JsonNode? value) => value?.ToString() ?? "none";

    private static JobParameters SlotsOf(JsonObject slots, string best)
    {
        try
        {
            return ParameterText.Read(slots.ToJsonString());
        }
        catch (FormatException error)
        {
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{Path.Combine(best, ModelFile.DescriptionName)} is damaged: its slot parameters are those of no job.", error);
        }
    }
}
