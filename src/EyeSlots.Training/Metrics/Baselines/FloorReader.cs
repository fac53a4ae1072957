using EyeSlots.Core;
using EyeSlots.Core.Shards;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Metrics.Fitting;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Training.Metrics.Baselines;

/// <summary>Reads what floors look at: boxes, and small gray crops by the way that networks get theirs.</summary>
/// <param name="loader">How shards are read; input, batch and augmentation are the floors' own.</param>
/// <param name="log">Told of faces that do not decode.</param>
public sealed class FloorReader(LoaderOptions loader, ILogger log)
{
    /// <summary>24 x 8, gray.</summary>
    internal static InputShape Input { get; } = new(24, 8, Gray: true);

    private static readonly ShardColumn[] BoxColumns = [ShardColumns.BoxWidth, ShardColumns.BoxHeight, ShardColumns.Theta];

    private readonly LoaderOptions options = loader with { Input = Input, Augmentation = AugmentationOptions.None, BatchSize = 256, Balance = false };

    /// <summary>The labels of all faces.</summary>
    internal static Outputs<double[]> Labels(FaceTable faces) =>
        new([.. faces.Labels.Select(labels => (double)labels.Valence)], [.. faces.Labels.Select(labels => (double)labels.Arousal)]);

    /// <summary>The features of each face's box.</summary>
    /// <exception cref="EyeSlotsException">A shard is missing, or says of a slot what none can have: dataset-damaged.</exception>
    internal async Task<FeatureMatrix> BoxesAsync(FaceTable faces, CancellationToken cancellation)
    {
        var boxes = new FeatureMatrix(faces.Count, BoxGeometry.Features.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(faces.Generation.Root.ReadsAtOnce, loader.Workers), CancellationToken = cancellation };
        await Parallel.ForAsync(0, faces.ShardFaces.Count, parallel, async (at, stop) =>
        {
            var shard = faces.ShardFaces[at];
            var reader = await PublishedFile.OpenColumnsAsync(faces.Generation.Root, shard.Shard, BoxColumns, stop).ConfigureAwait(false);
            BoxGeometry[] read = [.. reader.RowGroups.SelectMany(BoxGeometry.Read)];
            for (var face = 0; face < shard.Count; face++)
            {
                var box = shard.Rows[face] < read.Length ? read[shard.Rows[face]] : default;
                if (!box.IsSound) throw PublishedFile.Damaged(faces.Generation.Root, shard.Shard, $"the face {shard.Key(face).Display} has a slot without a size or an angle");
                box.CopyTo(boxes[faces.FirstFaceOf(at) + face]);
            }
        }).ConfigureAwait(false);
        return boxes;
    }

    /// <summary>The pixels of each face that decodes, row by row, with its number. They are valid until the next face is asked for.</summary>
    internal IEnumerable<(int Face, ReadOnlyMemory<byte> Pixels)> Crops(FaceTable faces, CancellationToken cancellation)
    {
        using var stream = new ShardStream(faces, options, log);
        foreach (var batch in stream.InOrder(cancellation))
        {
            for (var place = 0; place < batch.Count; place++) yield return (batch.Faces.Span[place], batch.Pixels.Slice(place * Input.Bytes, Input.Bytes));
        }
    }

    /// <summary>The pixels and labels of at most <see cref="LinearFloor.MostFaces"/> faces, from shards that are spread over the lists.</summary>
    internal (PixelRows Pixels, Outputs<double[]> Labels) CropSample(FaceTable faces, CancellationToken cancellation)
    {
        var sample = faces.Sample(LinearFloor.MostFaces);
        var pixels = new PixelRows(Math.Min(sample.Count, LinearFloor.MostFaces), Input.Bytes);
        var (valence, arousal) = (new List<double>(sample.Count), new List<double>(sample.Count));
        foreach (var (face, crop) in Crops(sample, cancellation).Take(LinearFloor.MostFaces))
        {
            pixels.Add(crop.Span);
            valence.Add(sample.Labels[face].Valence);
            arousal.Add(sample.Labels[face].Arousal);
        }

        return (pixels, new([.. valence], [.. arousal]));
    }
}
