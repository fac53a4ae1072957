using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>How a quantity is spread over rows.</summary>
/// <param name="Rows">Rows that have it.</param>
/// <param name="Least">The least value.</param>
/// <param name="P5">The value that 5 % lie below.</param>
/// <param name="Median">The middle value.</param>
/// <param name="P95">The value that 95 % lie below.</param>
/// <param name="Most">The greatest value.</param>
public sealed record Distribution(int Rows, double Least, double P5, double Median, double P95, double Most)
{
    /// <summary>Sorts the values; null when there are none.</summary>
    public static Distribution? Of(IEnumerable<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return sorted.Length == 0 ? null : new(sorted.Length, sorted[0], At(0.05), At(0.5), At(0.95), sorted[^1]);
    }
}

/// <summary>What the rows of some shards look like.</summary>
/// <param name="ShardsRead">Shards that were read: their rows are a random sample, because slices are cut by hash.</param>
/// <param name="Theta">Degrees.</param>
/// <param name="Width">Pixels of the crops.</param>
/// <param name="Height">Pixels of the crops.</param>
/// <param name="Coverage">0 to 1.</param>
/// <param name="Valence">-1 to 1.</param>
/// <param name="Arousal">-1 to 1.</param>
/// <param name="Examples">A few rejected faces of each code.</param>
public sealed record DatasetStatistics(
    int ShardsRead, Distribution? Theta, Distribution? Width, Distribution? Height, Distribution? Coverage, Distribution? Valence,
    Distribution? Arousal, IReadOnlyList<QuarantineRow> Examples)
{
    private const int ExamplesOfEachCode = 3;
    private static readonly IReadOnlyList<ShardColumn> Columns =
        [ShardColumns.Theta, ShardColumns.Width, ShardColumns.Height, ShardColumns.Coverage, ShardColumns.Valence, ShardColumns.Arousal];

    /// <summary>Reads geometry and labels of shards, not their crops, and the quarantine files beside them.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="shards">The shards to read.</param>
    /// <param name="progress">Told how many were read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="EyeSlotsException">A file is missing or damaged.</exception>
    public static async Task<DatasetStatistics> ReadAsync(
        IObjectStore root, IReadOnlyList<ShardResult> shards, IProgress<int>? progress, CancellationToken cancellation)
    {
        List<ShardRowGroup> groups = [];
        List<QuarantineRow> rejected = [];
        foreach (var shard in shards)
        {
            groups.AddRange((await PublishedFile.OpenColumnsAsync(root, shard, Columns, cancellation).ConfigureAwait(false)).RowGroups);
            rejected.AddRange(await PublishedFile.ReadQuarantineAsync(root, shard, cancellation).ConfigureAwait(false));
            progress?.Report(1);
        }

        return Of(shards.Count, groups, rejected);
    }

    /// <summary>Some of the shards, spread evenly over them.</summary>
    public static IReadOnlyList<ShardResult> Sample(IReadOnlyList<ShardResult> shards, int most) =>
        shards.Count <= most ? shards : [.. Enumerable.Range(0, most).Select(at => shards[(int)((long)at * shards.Count / most)])];

    private static DatasetStatistics Of(int shards, List<ShardRowGroup> groups, List<QuarantineRow> rejected) => new(
        shards,
        Distribution.Of(groups.SelectMany(group => group.Read(ShardColumns.Theta))),
        Distribution.Of(groups.SelectMany(group => group.Read(ShardColumns.Width)).Select(width => (double)width)),
        Distribution.Of(groups.SelectMany(group => group.Read(ShardColumns.Height)).Select(height => (double)height)),
        Distribution.Of(groups.SelectMany(group => group.Read(ShardColumns.Coverage)).Select(coverage => (double)coverage)),
        Distribution.Of(groups.SelectMany(group => group.Read(ShardColumns.Valence)).OfType<float>().Select(valence => (double)valence)),
        Distribution.Of(groups.SelectMany(group => group.Read(ShardColumns.Arousal)).OfType<float>().Select(arousal => (double)arousal)),
        [.. rejected.GroupBy(row => row.Code).OrderBy(group => group.Key).SelectMany(group => group.Take(ExamplesOfEachCode))]);
}
