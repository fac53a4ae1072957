using EyeSlots.Core.Planning;

namespace EyeSlots.Core.Manifests;

/// <summary>What changed between two generations.</summary>
/// <param name="Added">Shards only in the later one.</param>
/// <param name="Removed">Shards only in the earlier one.</param>
/// <param name="Kept">Number of shards in both.</param>
/// <param name="Faces">Faces of the later one minus those of the earlier.</param>
/// <param name="Rows">Crops, likewise.</param>
/// <param name="Rejected">Rejected faces, likewise.</param>
/// <param name="SameParameters">Whether both were made with the same parameters.</param>
public sealed record ManifestDiff(
    IReadOnlyList<ShardResult> Added, IReadOnlyList<ShardResult> Removed, int Kept, long Faces, long Rows, long Rejected, bool SameParameters)
{
    /// <summary>Compares two generations.</summary>
    public static ManifestDiff Between(Manifest from, Manifest to)
    {
        var (old, now) = (from.Content.Shards.Select(shard => shard.Fingerprint).ToHashSet(), to.Content.Shards.Select(shard => shard.Fingerprint).ToHashSet());
        return new(
            [.. to.Content.Shards.Where(shard => !old.Contains(shard.Fingerprint))],
            [.. from.Content.Shards.Where(shard => !now.Contains(shard.Fingerprint))],
            now.Count(old.Contains),
            to.Content.Totals.Faces - from.Content.Totals.Faces,
            to.Content.Totals.Rows - from.Content.Totals.Rows,
            to.Content.Totals.Rejected - from.Content.Totals.Rejected,
            from.Content.Parameters.ToJsonString() == to.Content.Parameters.ToJsonString());
    }
}
