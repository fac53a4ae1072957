using EyeSlots.Core.Planning;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// Has a cluster make the slices of a wave, each of which must come back once. Rows that came to an executor without the worker's library
/// are asked for again when that has been sent.
/// </summary>
/// <param name="cluster">Where tasks run.</param>
/// <param name="job">What executors need to know.</param>
/// <param name="wave">What to make.</param>
/// <param name="key">Where its slices lie under the output root.</param>
/// <param name="take">Receives results as they come.</param>
internal sealed class WaveQuery(SparkCluster cluster, RemoteJob job, SliceWave wave, string key, Action<ShardResult> take)
{
    private readonly Dictionary<string, int> slices =
        wave.Slices.SelectMany(slice => slice.ShardNames(job.MemoryBytes).Select(name => (name, slice.Index))).ToDictionary(StringComparer.Ordinal);

    private readonly HashSet<int> due = [.. wave.Slices.Select(slice => slice.Index)];

    /// <summary>Asks until all have come.</summary>
    /// <exception cref="SparkException">A task failed, or a result is missing or came twice.</exception>
    public async Task RunAsync(ExecuteOptions execution, CancellationToken cancellation)
    {
        var left = await AskAsync(wave.Rows, execution, cancellation).ConfigureAwait(false);
        if (left.Count > 0)
        {
            await cluster.SendLibraryAsync(cancellation).ConfigureAwait(false);
            left = await AskAsync(left, execution, cancellation).ConfigureAwait(false);
        }

        if (left.Count > 0) throw new SparkException("An executor has no OpenCV, though it was sent there; './eyeslots' packs the worker anew.");
        if (due.Count > 0) throw new SparkException($"Spark returned {wave.Slices.Count - due.Count} of {wave.Slices.Count} shards; run again.");
    }

    /// <summary>The rows that executors without the library have left.</summary>
    private async Task<IReadOnlyList<(long Offset, int Length)>> AskAsync(
        IReadOnlyList<(long Offset, int Length)> rows, ExecuteOptions execution, CancellationToken cancellation)
    {
        HashSet<long> left = [];
        await foreach (var row in ShardQuery.Of(cluster.Session, job, ShardFunction.Rows(key, rows)).CollectAsync(execution, cancellation).ConfigureAwait(false))
        {
            if (ShardFunction.UnreadyOf(row.GetAs<object>) is { } offset) left.Add(offset);
            else Take(ShardFunction.ResultOf(row.GetAs<object>));
        }

        return [.. rows.Where(row => left.Contains(row.Offset))];
    }

    private void Take(ShardResult result)
    {
        if (!slices.TryGetValue(result.Fingerprint, out var slice) || !due.Remove(slice))
            throw new SparkException($"Spark returned shard {result.Fingerprint}, which was not asked for or came twice.");
        take(result);
    }
}
