using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Runs;

/// <summary>Writes and reads checkpoints: weights, the optimizer's state, the position and the best so far, in one file of safetensors.</summary>
/// <param name="folder">Where they lie.</param>
/// <param name="run">Names the run that they belong to.</param>
/// <param name="log">Told of damaged ones.</param>
internal sealed class Checkpoint(CheckpointFolder folder, string run, ILogger log)
{
    private const string RunField = "run", ProgressField = "progress";

    /// <summary>Writes one, flushed when this returns, and then removes the oldest.</summary>
    /// <exception cref="EyeSlotsException">disk-full or storage-failed: those that were there stay. diverged: a weight is no number.</exception>
    public void Write(TrainingStep step, RunProgress progress)
    {
        RequireNumbers(step, progress.Position);
        Dictionary<string, string> fields = new() { [RunField] = run, [ProgressField] = JsonSerializer.Serialize(progress, RunJson.Line.RunProgress) };
        DurableFiles.Write(folder.Path, CheckpointFolder.Unfinished, stream =>
        {
            SafetensorsFile.Write(stream, step.State, fields);
            stream.Flush();
            return CheckpointFolder.NameOf(progress.Position, stream);
        });
        folder.RemoveOld();
    }

    /// <summary>Takes over the newest whole one.</summary>
    /// <returns>Where the run is, or null where there is no checkpoint at all.</returns>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: none of them is whole. model-mismatch: it is another network's.</exception>
    public RunProgress? Restore(TrainingStep step)
    {
        EyeSlotsException? damage = null;
        foreach (var (position, file) in folder.Find())
        {
            try
            {
                var progress = Read(step, file);
                log.LogInformation("Going on from {Position}.", position);
                folder.RemoveAfter(position);
                return progress;
            }
            catch (EyeSlotsException error) when (error.Code == ErrorCodes.CheckpointDamaged)
            {
                log.LogWarning("{Reason} The checkpoint before it is taken.", error.Message);
                damage ??= error;
            }
        }

        return damage is null ? null : throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"No checkpoint in {folder.Path} is whole. {damage.Message} Remove them to begin anew.", damage);
    }

    /// <summary>Removes that of a position whose weights turned out to be no good.</summary>
    public void Forget(Position position)
    {
        foreach (var (at, file) in folder.Find())
        {
            if (at == position) File.Delete(file);
        }
    }

    private RunProgress Read(TrainingStep step, string file)
    {
        CheckpointFolder.RequireWhole(file);
        using var checkpoint = SafetensorsFile.Open(file);
        if (checkpoint.Metadata.GetValueOrDefault(RunField) != run) throw Damaged(file, "it belongs to another run");
        var progress = Parse(file, checkpoint.Metadata.GetValueOrDefault(ProgressField) ?? throw Damaged(file, "it states no position"));
        step.Load(checkpoint);
        return progress;
    }

    private static RunProgress Parse(string file, string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, RunJson.Line.RunProgress) is { Position: { Epoch: >= 0, Batch: >= 0 }, BestEpoch: >= 0, Faces: >= 0 } progress
                ? progress
                : throw Damaged(file, "its position is none");
        }
        catch (JsonException error)
        {
            throw Damaged(file, error.Message);
        }
    }

    // A step's loss is known before the step: what it made of the weights shows at the next one, and must not be kept.
    private static void RequireNumbers(TrainingStep step, Position position)
    {
        using var none = TorchSharp.torch.no_grad();
        foreach (var (name, tensor) in step.State)
        {
            using var finite = tensor.isfinite();
            using var all = finite.all();
            if (!all.item<bool>()) throw new EyeSlotsException(ErrorCodes.Diverged, $"{name} holds values that are no numbers after {position}; take a smaller --learning-rate, or --clip-norm. The last good checkpoint stays.");
        }
    }

    private static EyeSlotsException Damaged(string file, string why) => new(ErrorCodes.CheckpointDamaged, $"{file} is no checkpoint of this run: {why}.");
}
