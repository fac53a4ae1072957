using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>What the rows of some shards look like.</summary>
/// <param name="ShardsRead">Shards that were read: their rows are a random sample, because slices are cut by hash.</param>
/// <param name="Theta">Degrees.</param>
/// <param name="Width">Pixels of the crops.</param>
/// <param name="Height">Pixels of the crops.</param>
/// <param name="Coverage">0 to 1.</param>
/// <param name="Valence">-1 to 1.</param>
/// <param name="Arousal">-1 to 1.</param>
/// <param name="Examples">A few rejected faces of each code.</param>
/// <param name="Damaged">Shards that could not be read.</param>
public sealed record DatasetStatistics(
    int ShardsRead, Distribution? Theta, Distribution? Width, Distribution? Height, Distribution? Coverage, Distribution? Valence,
    Distribution? Arousal, IReadOnlyList<QuarantineRow> Examples, IReadOnlyList<VerifyProblem> Damaged)
{
    private const int ExamplesOfEachCode = 3;
    private static readonly IReadOnlyList<ShardColumn> Columns =
        [ShardColumns.Theta, ShardColumns.Width, ShardColumns.Height, ShardColumns.Coverage, ShardColumns.Valence, ShardColumns.Arousal];

    private static readonly Func<ShardRowGroup, IEnumerable<double>>[] Quantities =
    [
        group => group.Read(ShardColumns.Theta),
        group => group.Read(ShardColumns.Width).Select(width => (double)width),
        group => group.Read(ShardColumns.Height).Select(height => (double)height),
        group => group.Read(ShardColumns.Coverage).Select(coverage => (double)coverage),
        group => group.Read(ShardColumns.Valence).OfType<float>().Select(valence => (double)valence),
        group => group.Read(ShardColumns.Arousal).OfType<float>().Select(arousal => (double)arousal),
    ];

    /// <summary>Reads geometry and labels of shards, not their crops, and the quarantine files beside them. What is damaged is named and left out.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="shards">The shards to read.</param>
    /// <param name="progress">Told how many were read.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<DatasetStatistics> ReadAsync(
        IObjectStore root, IReadOnlyList<ShardResult> shards, IProgress<int>? progress, CancellationToken cancellation)
    {
        List<double>[] values = [.. Quantities.Select(_ => new List<double>())];
        List<QuarantineRow> rejected = [];
        List<VerifyProblem> damaged = [];
        foreach (var shard in shards)
        {
            try
            {
                var read = await ReadAsync(root, shard, cancellation).ConfigureAwait(false);
                rejected.AddRange(await PublishedFile.ReadQuarantineAsync(root, shard, cancellation).ConfigureAwait(false));
                for (var i = 0; i < read.Length; i++) values[i].AddRange(read[i]);
            }
            catch (EyeSlotsException error) when (error.Code == ErrorCodes.DatasetDamaged)
            {
                damaged.Add(new(shard.Fingerprint, error.Message));
            }

            progress?.Report(1);
        }

        var spread = Array.ConvertAll(values, Distribution.Of);
        return new(
            shards.Count - damaged.Count, spread[0], spread[1], spread[2], spread[3], spread[4], spread[5],
            [.. rejected.GroupBy(row => row.Code).OrderBy(group => group.Key).SelectMany(group => group.Take(ExamplesOfEachCode))], damaged);
    }

    /// <summary>Some of the shards, spread evenly over them.</summary>
    public static IReadOnlyList<ShardResult> Sample(IReadOnlyList<ShardResult> shards, int most) =>
        shards.Count <= most ? shards : [.. Enumerable.Range(0, most).Select(at => shards[(int)((long)at * shards.Count / most)])];

    /// <summary>The quantities of all rows of a shard.</summary>
    private static async Task<double[][]> ReadAsync(IObjectStore root, ShardResult shard, CancellationToken cancellation)
    {
        var groups = (await PublishedFile.OpenColumnsAsync(root, shard, Columns, cancellation).ConfigureAwait(false)).RowGroups;
        var read = Array.ConvertAll(Quantities, quantity => groups.SelectMany(quantity).ToArray());
        return read.All(values => values.All(double.IsFinite)) ? read : throw PublishedFile.Damaged(root, shard, "a value of it is no number");
    }
}
