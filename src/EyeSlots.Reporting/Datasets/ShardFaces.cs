using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Datasets;

/// <summary>Geometry and labels of a shard's faces, each value within its range; no crop and no path.</summary>
/// <param name="shard">The manifest's entry.</param>
internal sealed class ShardFaces(ShardResult shard)
{
    private static readonly IReadOnlyList<ShardColumn> Columns =
    [
        ShardColumns.Width, ShardColumns.Height, ShardColumns.Theta, ShardColumns.Coverage, ShardColumns.Expression, ShardColumns.Valence, ShardColumns.Arousal,
    ];

    /// <summary>The manifest's entry.</summary>
    public ShardResult Shard => shard;

    /// <summary>Why the shard cannot be counted, or null.</summary>
    public VerifyProblem? Damage { get; private init; }

    public required double[] Theta { get; init; }

    public required int[] Width { get; init; }

    public required int[] Height { get; init; }

    public required float[] Coverage { get; init; }

    public required int?[] Expression { get; init; }

    public required float?[] Valence { get; init; }

    public required float?[] Arousal { get; init; }

    /// <summary>Reads those columns by ranges. A shard that is missing or damaged says so and has no face.</summary>
    public static async Task<ShardFaces> ReadAsync(IObjectStore root, ShardResult shard, CancellationToken cancellation)
    {
        try
        {
            return Read(root, shard, (await PublishedFile.OpenColumnsAsync(root, shard, Columns, cancellation).ConfigureAwait(false)).RowGroups);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
        {
            return new(shard)
            {
                Damage = new(shard.Fingerprint, error.Message), Theta = [], Width = [], Height = [], Coverage = [], Expression = [], Valence = [], Arousal = [],
            };
        }
    }

    private static ShardFaces Read(IObjectStore root, ShardResult shard, IReadOnlyList<ShardRowGroup> groups)
    {
        T[] All<T>(ShardColumn<T> column) => [.. groups.SelectMany(group => group.Read(column))];
        var faces = new ShardFaces(shard)
        {
            Theta = All(ShardColumns.Theta), Width = All(ShardColumns.Width), Height = All(ShardColumns.Height), Coverage = All(ShardColumns.Coverage),
            Expression = All(ShardColumns.Expression), Valence = All(ShardColumns.Valence), Arousal = All(ShardColumns.Arousal),
        };
        return faces.Defect() is { } defect ? throw PublishedFile.Damaged(root, shard, defect) : faces;
    }

    /// <summary>What no shard of this manifest can hold, or null.</summary>
    private string? Defect()
    {
        if (Theta.Length != shard.Rows) return $"it holds {Quantity.Of(Theta.Length, "row")}, and the manifest states {Quantity.Number(shard.Rows)}";
        if (!Array.TrueForAll(Theta, FaceQuantity.Theta.Holds)) return "an angle of it is none";
        if (!Array.TrueForAll(Width, side => FaceQuantity.Width.Holds(side)) || !Array.TrueForAll(Height, side => FaceQuantity.Height.Holds(side))) return "a crop of it has a size that none can have";
        if (!Array.TrueForAll(Coverage, share => FaceQuantity.Coverage.Holds(share))) return "a coverage of it is no share";
        if (!Array.TrueForAll(Expression, number => number is null or (>= 0 and <= Expressions.Last))) return "an expression of it is none of AffectNet's";
        return Array.TrueForAll(Valence, IsLabel) && Array.TrueForAll(Arousal, IsLabel) ? null : "a label of it lies outside -1 to 1";
    }

    private static bool IsLabel(float? label) => label is null || FaceQuantity.Valence.Holds(label.Value);
}
