using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Core.Storage;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// Runs slices on a Spark cluster, one or a few as a task. Only rows that Spark returned count, so a task that ran twice, or on an
/// executor that was lost, changes nothing.
/// </summary>
/// <param name="opened">The cluster, as soon as it is open; stays the caller's.</param>
/// <param name="options">How queries are cut.</param>
/// <param name="job">What executors need to know.</param>
/// <param name="output">The dataset root as this machine sees it.</param>
/// <param name="progress">Told what runs on the cluster, on the thread that reads results.</param>
public sealed class SparkEngine(
    Task<SparkCluster> opened, SparkEngineOptions options, RemoteJob job, IObjectStore output, IProgress<ClusterProgress>? progress = null) : IEngine
{
    /// <summary>While one query runs out, the next already waits for the cores that become free.</summary>
    private const int QueriesAtOnce = 2;

    /// <inheritdoc/>
    public string Name => "spark";

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellation) => opened.WaitAsync(cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShardResult> RunAsync(
        string run, Plan plan, IReadOnlyList<SliceHeader> slices, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = Channel.CreateUnbounded<ShardResult>();
        var done = QueryAllAsync(run, plan, slices, results.Writer, stop);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return result;
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await done.ConfigureAwait(false);
        }
    }

    /// <summary>Ends, never throwing, when all queries have ended; the first failure reaches the reader.</summary>
    private async Task QueryAllAsync(string run, Plan plan, IReadOnlyList<SliceHeader> slices, ChannelWriter<ShardResult> results, CancellationTokenSource stop)
    {
        Exception? failure = null;
        await TryAsync(async () =>
        {
            var cluster = await opened.ConfigureAwait(false);
            var board = new ProgressBoard(slices.Count, progress);
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = stop.Token };
            await Parallel.ForEachAsync(
                new SliceWaves(plan, run, cluster.Cores, options.MostRows, options.MostBytes).Cut(slices), atOnce,
                async (wave, _) => await TryAsync(() => MakeAsync(cluster, wave, board, results, stop.Token)).ConfigureAwait(false)).ConfigureAwait(false);
        }).ConfigureAwait(false);
        results.Complete(failure);

        async Task TryAsync(Func<Task> work)
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                // What the others say after they were stopped does not count.
                Interlocked.CompareExchange(ref failure, error is SparkException spark ? SparkFailures.Of(spark) : error, null);
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lays the slices where executors find them, and takes them away at the end.</summary>
    private async Task MakeAsync(SparkCluster cluster, SliceWave wave, ProgressBoard board, ChannelWriter<ShardResult> results, CancellationToken cancellation)
    {
        try
        {
            await output.PublishAsync(wave.Key, wave.Content, cancellation).ConfigureAwait(false);
            await QueryAsync(cluster, wave, board, results, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await RemoveAsync(wave.Key).ConfigureAwait(false);
        }
    }

    /// <summary>What cannot be removed is left to gc: it must not hide how the query ended.</summary>
    private async Task RemoveAsync(string key)
    {
        try
        {
            await output.DeleteAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException)
        {
        }
    }

    private async Task QueryAsync(SparkCluster cluster, SliceWave wave, ProgressBoard board, ChannelWriter<ShardResult> results, CancellationToken cancellation)
    {
        var due = wave.Slices.Select(slice => slice.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var execution = new ExecuteOptions { Progress = board.Query(wave), Tags = ["eyeslots"] };
        await foreach (var row in ShardQuery.Of(cluster.Session, job, wave.Rows).CollectAsync(execution, cancellation).ConfigureAwait(false))
        {
            var result = Read(row);
            if (!due.Remove(result.Fingerprint)) throw new SparkException($"Spark returned shard {result.Fingerprint}, which was not asked for or came twice.");
            results.TryWrite(result);
        }

        if (due.Count > 0) throw new SparkException($"Spark returned {wave.Slices.Count - due.Count} of {wave.Slices.Count} shards; run again.");
    }

    private static ShardResult Read(Row row) =>
        JsonSerializer.Deserialize(row.GetAs<string>(RemoteJob.ResultColumn)!, RemoteJson.Default.ShardResult)! with
        {
            BytesRead = row.GetAs<long>(RemoteJob.BytesReadColumn),
        };
}
