using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Core;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>
/// Draws an AffectNet-shaped data set whose eyes show the valence and arousal of its lists. Images are drawn by all cores, lists are
/// written in order; memory does not grow with the number of faces. A folder that holds the same set already is left alone.
/// </summary>
public sealed class Synthesizer
{
    private const int ImagesOfABatch = 256;
    private const string Marker = "synth.json";

    /// <summary>Draws the set.</summary>
    /// <param name="options">What to draw.</param>
    /// <param name="folder">An empty or absent folder, or one of an earlier set.</param>
    /// <param name="progress">Told how many faces were drawn.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="EyeSlotsException">The folder holds something else: usage.</exception>
    public SynthSummary Run(SynthOptions options, string folder, IProgress<long>? progress, CancellationToken cancellation = default)
    {
        var single = Defects.Parse(options.Validated());
        if (Earlier(options, folder) is { } summary) return summary;
        Directory.CreateDirectory(folder);
        using var lists = new SynthLists(options, folder);
        var (tally, plans, faces) = (new SynthTally(), new SynthPlan(options, single), 0);
        while (plans.Next(ImagesOfABatch) is { Count: > 0 } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            if (options.Images) Draw(options, lists, batch, cancellation);
            foreach (var image in batch)
            {
                lists.Write(image);
                tally.Add(options, image);
                faces += image.Faces.Length;
            }

            progress?.Report(faces);
        }

        var done = tally.Summary(lists.Paths, lists.ImageRoot, faces);
        File.WriteAllBytes(Path.Combine(folder, Marker), JsonSerializer.SerializeToUtf8Bytes(new SynthMarker(options, done), SynthJson.Default.SynthMarker));
        return done;
    }

    private static void Draw(SynthOptions options, SynthLists lists, List<SynthImage> batch, CancellationToken cancellation) =>
        Parallel.ForEach(batch.DistinctBy(lists.PathOf), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, () => new FacePainter(options.Seed), (image, _, painter) =>
        {
            if (lists.PathOf(image) is not { } path) return painter;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, image.Draw(options, painter));
            return painter;
        }, painter => painter.Dispose());

    private static SynthSummary? Earlier(SynthOptions options, string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return null;
        var marker = Path.Combine(folder, Marker);
        if (!File.Exists(marker)) throw new EyeSlotsException(ErrorCodes.Usage, $"{folder} is not empty and holds no earlier data set; name another folder.");
        var earlier = JsonSerializer.Deserialize(File.ReadAllBytes(marker), SynthJson.Default.SynthMarker);
        if (earlier?.Options == options) return earlier.Summary;
        throw new EyeSlotsException(ErrorCodes.Usage, $"{folder} holds a data set drawn with other options; remove it or name another folder.");
    }
}

/// <summary>What a folder says of the data set in it.</summary>
internal sealed record SynthMarker(SynthOptions Options, SynthSummary Summary);

/// <summary>Generated, so that the program can be compiled ahead of time.</summary>
[JsonSerializable(typeof(SynthMarker))]
internal sealed partial class SynthJson : JsonSerializerContext;
