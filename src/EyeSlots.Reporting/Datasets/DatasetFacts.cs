using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Reporting.Plots;

namespace EyeSlots.Reporting.Datasets;

/// <summary>
/// What all faces of a generation look like together. Shards go by one after the other and only their counts stay, so a million faces
/// need no more memory than ten thousand.
/// </summary>
public sealed class DatasetFacts
{
    /// <summary>Cells of a side of the plane of labels: each is 0.1 wide.</summary>
    internal const int PlaneSide = 20;

    private readonly Dictionary<string, ListFacts> byName;
    private readonly List<VerifyProblem> damaged = [];

    private DatasetFacts(ManifestContent content)
    {
        Lists = [.. content.Shards.GroupBy(shard => shard.List).OrderBy(list => list.Key, StringComparer.Ordinal).Select(list => new ListFacts(list.Key, [.. list]))];
        byName = Lists.ToDictionary(list => list.Name);
    }

    /// <summary>Shards that could not be read, in the order of the manifest; their faces are in no distribution.</summary>
    public IReadOnlyList<VerifyProblem> Damaged => damaged;

    /// <summary>Crops that were read.</summary>
    public long Read => Lists.Sum(list => list.Read);

    /// <summary>Each list by itself, in the order of their names.</summary>
    internal IReadOnlyList<ListFacts> Lists { get; }

    internal RoundedCounts Theta { get; } = new(FaceQuantity.Theta);

    internal RoundedCounts Width { get; } = new(FaceQuantity.Width);

    internal RoundedCounts Height { get; } = new(FaceQuantity.Height);

    internal RoundedCounts Coverage { get; } = new(FaceQuantity.Coverage);

    internal RoundedCounts Valence { get; } = new(FaceQuantity.Valence);

    internal RoundedCounts Arousal { get; } = new(FaceQuantity.Arousal);

    /// <summary>Crops with both labels, by their cell of the plane: column of valence, then row of arousal.</summary>
    internal long[,] Plane { get; } = new long[PlaneSide, PlaneSide];

    /// <summary>Reads geometry and labels of all shards by ranges, several at once.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="content">The generation.</param>
    /// <param name="progress">Told how many shards were read.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<DatasetFacts> ReadAsync(IObjectStore root, ManifestContent content, IProgress<int>? progress, CancellationToken cancellation)
    {
        var facts = new DatasetFacts(content);
        var atOnce = Math.Max(root.ReadsAtOnce, Environment.ProcessorCount);
        var (garbage, done) = (new YoungGarbage(oldest: 1), 0);
        await foreach (var faces in OrderedReads.InOrderAsync(content.Shards, atOnce, (shard, stop) => ShardFaces.ReadAsync(root, shard, stop), cancellation).ConfigureAwait(false))
        {
            facts.Add(faces);
            garbage.CollectIfMuch();
            progress?.Report(++done);
        }

        return facts;
    }

    private void Add(ShardFaces faces)
    {
        if (faces.Damage is { } damage) damaged.Add(damage);
        byName[faces.Shard.List].Add(faces);
        for (var i = 0; i < faces.Theta.Length; i++)
        {
            Theta.Add(faces.Theta[i]);
            Width.Add(faces.Width[i]);
            Height.Add(faces.Height[i]);
            Coverage.Add(faces.Coverage[i]);
            AddLabels(faces.Valence[i], faces.Arousal[i]);
        }
    }

    private void AddLabels(float? valence, float? arousal)
    {
        if (valence is { } v) Valence.Add(v);
        if (arousal is { } a) Arousal.Add(a);
        if (valence is null || arousal is null) return;
        Plane[PlaneDensity.CellOf(valence.Value, PlaneSide), PlaneDensity.CellOf(arousal.Value, PlaneSide)]++;
    }
}
