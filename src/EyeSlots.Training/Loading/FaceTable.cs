using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;

namespace EyeSlots.Training.Loading;

/// <summary>
/// The labelled faces of some lists of a generation, read from the label columns alone. Faces are numbered in the manifest's order of
/// shards, then in the order of rows. Safe to read from several threads.
/// </summary>
public sealed class FaceTable
{
    private readonly int[] starts;

    private FaceTable(PinnedGeneration generation, IReadOnlyList<string> lists, ShardFaces[] shards)
    {
        (Generation, Lists, ShardFaces) = (generation, lists, shards);
        starts = new int[shards.Length + 1];
        for (var shard = 0; shard < shards.Length; shard++) starts[shard + 1] = checked(starts[shard] + shards[shard].Count);
        Keys = new IndexedView<FaceKey>(Count, face => At(face, (faces, row) => faces.Key(row)));
        Labels = new IndexedView<FaceLabels>(Count, face => At(face, (faces, row) => faces.Labels(row)));
        (MeanValence, MeanArousal) = (Mean(faces => faces.Valence), Mean(faces => faces.Arousal));
    }

    /// <summary>What the faces are of.</summary>
    public PinnedGeneration Generation { get; }

    /// <summary>The lists, each once, in the order of their names.</summary>
    public IReadOnlyList<string> Lists { get; }

    /// <summary>Labelled faces.</summary>
    public int Count => starts[^1];

    /// <summary>Rows that lack valence or arousal, and are left out.</summary>
    public long Unlabelled => ShardFaces.Sum(faces => (long)faces.Shard.Rows) - Count;

    /// <summary>The shards of the lists, in the manifest's order.</summary>
    public IEnumerable<ShardResult> Shards => ShardFaces.Select(faces => faces.Shard);

    /// <summary>The face of each number.</summary>
    public IReadOnlyList<FaceKey> Keys { get; }

    /// <summary>The labels of each face.</summary>
    public IReadOnlyList<FaceLabels> Labels { get; }

    /// <summary>-1 to 1; 0 without a face.</summary>
    public double MeanValence { get; }

    /// <summary>-1 to 1; 0 without a face.</summary>
    public double MeanArousal { get; }

    /// <summary>The faces shard by shard.</summary>
    internal IReadOnlyList<ShardFaces> ShardFaces { get; }

    /// <summary>Reads the label columns of the lists' shards.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="lists">Names of lists in it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">
    /// usage: there is no such list. no-labels: one has no labelled row. dataset-damaged: a shard is missing or damaged.
    /// </exception>
    public static async Task<FaceTable> ReadAsync(PinnedGeneration generation, IReadOnlyList<string> lists, CancellationToken cancellation = default)
    {
        string[] asked = [.. lists.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var all = generation.Manifest.Content.Shards;
        SortedSet<string> known = new(all.Select(shard => shard.List), StringComparer.Ordinal);
        foreach (var list in asked) Require.That(known.Contains(list), $"The dataset '{generation.Manifest.Dataset}' has no list '{list}'; its lists are: {string.Join(", ", known)}.");
        ShardResult[] wanted = [.. all.Where(shard => asked.Contains(shard.List, StringComparer.Ordinal))];
        var read = await ReadShardsAsync(generation, wanted, cancellation).ConfigureAwait(false);
        foreach (var list in asked)
        {
            if (read.All(faces => faces.Shard.List != list || faces.Count == 0))
                throw new EyeSlotsException(ErrorCodes.NoLabels, $"The list '{list}' has no row with both valence and arousal; name a list with labels.");
        }

        return new(generation, asked, read);
    }

    /// <summary>Some of the shards, spread evenly over the lists, with about so many faces; the whole table where it has no more.</summary>
    internal FaceTable Sample(int faces)
    {
        var share = (double)faces / Count;
        return faces >= Count ? this : new(Generation, Lists, [.. ShardFaces.Where((_, at) => at == 0 || (int)(at * share) > (int)((at - 1) * share))]);
    }

    /// <summary>Demands two faces: batch normalisation can make nothing of one.</summary>
    /// <exception cref="EyeSlotsException">no-labels.</exception>
    internal void RequireTrainable()
    {
        if (Count < 2) throw new EyeSlotsException(ErrorCodes.NoLabels, $"There {(Count == 1 ? "is one labelled face" : "is no labelled face")} to train on, and two are needed.");
    }

    /// <summary>The number of a shard's first face.</summary>
    internal int FirstFaceOf(int shard) => starts[shard];

    private static async Task<ShardFaces[]> ReadShardsAsync(PinnedGeneration generation, ShardResult[] shards, CancellationToken cancellation)
    {
        var read = new ShardFaces[shards.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(generation.Root.ReadsAtOnce, Environment.ProcessorCount), CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, shards.Length), options, async (at, stop) =>
        {
            var reader = await PublishedFile.OpenColumnsAsync(generation.Root, shards[at], ShardColumns.Labels, stop).ConfigureAwait(false);
            read[at] = Loading.ShardFaces.TryRead(shards[at], reader, out var why) ?? throw PublishedFile.Damaged(generation.Root, shards[at], why);
        }).ConfigureAwait(false);
        return read;
    }

    private T At<T>(int face, Func<ShardFaces, int, T> read)
    {
        if ((uint)face >= (uint)Count) throw new ArgumentOutOfRangeException(nameof(face), face, $"Faces are numbered 0 to {Count - 1}.");

        // The last shard that begins at or before the face: shards without a labelled row begin where the next one does.
        int low = 0, high = starts.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (starts[middle] <= face) low = middle;
            else high = middle;
        }

        return read(ShardFaces[low], face - starts[low]);
    }

    // In the order of the faces, so that the sum is the same everywhere.
    private double Mean(Func<ShardFaces, float[]> labels)
    {
        var sum = 0.0;
        foreach (var faces in ShardFaces)
        {
            foreach (var label in labels(faces)) sum += label;
        }

        return Count == 0 ? 0 : sum / Count;
    }
}
