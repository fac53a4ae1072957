using System.Text;
using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Runs;

/// <summary>
/// <c>metrics.jsonl</c>: an epoch's line is flushed before the checkpoint that ends the epoch, so a checkpoint never lacks a line; one
/// that comes after the checkpoint that a resume starts from is dropped.
/// </summary>
internal sealed class MetricsLog
{
    private readonly string path;
    private readonly List<EpochMetrics> epochs;

    private MetricsLog(string path, List<EpochMetrics> epochs) => (this.path, this.epochs) = (path, epochs);

    /// <summary>The lines, an epoch each, in their order.</summary>
    public IReadOnlyList<EpochMetrics> Epochs => epochs;

    /// <summary>Opens the file and drops what does not belong to the first epochs: later ones, and a line that a kill cut.</summary>
    /// <param name="path">The file; made with the first line.</param>
    /// <param name="ended">Epochs that have ended.</param>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: it lacks the line of one of them.</exception>
    public static MetricsLog Open(string path, int ended)
    {
        var log = new MetricsLog(path, [.. Read(path).Take(ended)]);
        if (!log.epochs.Select(epoch => epoch.Epoch).SequenceEqual(Enumerable.Range(1, ended)))
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} lacks lines of the {Quantity.Of(ended, "epoch")} that have ended; bring it back, or remove the checkpoints to begin anew.");
        if (File.Exists(path)) log.Write();
        return log;
    }

    /// <summary>The lines of a file, up to one that is none; nothing where the file is not there.</summary>
    public static IEnumerable<EpochMetrics> Read(string path)
    {
        if (!File.Exists(path)) yield break;
        foreach (var line in File.ReadLines(path))
        {
            if (TryParse(line) is not { } epoch) yield break;
            yield return epoch;
        }
    }

    /// <summary>Adds the line of an epoch; flushed to disk when it returns.</summary>
    public void Add(EpochMetrics epoch)
    {
        epochs.Add(epoch);
        Write();
    }

    // A few hundred lines at most, so the file is written anew: no reader ever meets half a line.
    private void Write() => DurableFiles.Write(path, stream =>
    {
        foreach (var epoch in epochs)
        {
            JsonSerializer.Serialize(stream, epoch, RunJson.Line.EpochMetrics);
            stream.Write("\n"u8);
        }
    });

    private static EpochMetrics? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(line), RunJson.Line.EpochMetrics);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
