using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;

namespace EyeSlots.Reporting.Datasets;

/// <summary>What one list brought: counts of the manifest, and the labels of its crops.</summary>
/// <param name="name">The list's name.</param>
/// <param name="shards">Its shards.</param>
internal sealed class ListFacts(string name, IReadOnlyList<ShardResult> shards)
{
    private readonly long[] expressions = new long[Core.Annotations.Expressions.Last + 1];

    /// <summary>The list's name.</summary>
    public string Name => name;

    /// <summary>Shards of the manifest.</summary>
    public int Shards => shards.Count;

    /// <summary>The manifest's counts.</summary>
    public ManifestTotals Totals { get; } = ManifestTotals.Of(shards);

    /// <summary>Crops that were read: all of them, but for those of damaged shards.</summary>
    public long Read { get; private set; }

    /// <summary>Crops with both labels.</summary>
    public long Labelled { get; private set; }

    /// <summary>The crops' valences.</summary>
    public RoundedCounts Valence { get; } = new(FaceQuantity.Valence);

    /// <summary>The crops' arousals.</summary>
    public RoundedCounts Arousal { get; } = new(FaceQuantity.Arousal);

    /// <summary>Crops of each expression, 0 to 10.</summary>
    public IReadOnlyList<long> Expressions => expressions;

    /// <summary>Crops without an expression.</summary>
    public long WithoutExpression => Read - expressions.Sum();

    /// <summary>Counts the faces of a shard of this list.</summary>
    public void Add(ShardFaces faces)
    {
        for (var i = 0; i < faces.Theta.Length; i++)
        {
            var (valence, arousal) = (faces.Valence[i], faces.Arousal[i]);
            if (valence is not null && arousal is not null) Labelled++;
            if (valence is { } v) Valence.Add(v);
            if (arousal is { } a) Arousal.Add(a);
            if (faces.Expression[i] is { } expression) expressions[expression]++;
        }

        Read += faces.Theta.Length;
    }
}
