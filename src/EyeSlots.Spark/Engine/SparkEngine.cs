using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Spark.Engine;

/// <summary>
/// Runs slices on a Spark cluster, one or a few as a task. Only rows that Spark returned count, so a task that ran twice, or on an
/// executor that was lost, changes nothing.
/// </summary>
/// <param name="opened">The cluster, as soon as it is open. Its opening is the engine's where there is one, else the caller's.</param>
/// <param name="options">How queries are cut.</param>
/// <param name="job">What executors need to know.</param>
/// <param name="log">Told of queries.</param>
/// <param name="progress">Told what runs on the cluster, on the thread that reads results.</param>
public sealed class SparkEngine(
    Task<SparkCluster> opened, SparkEngineOptions options, RemoteJob job, ILogger log, IProgress<ClusterProgress>? progress = null) : IEngine
{
    /// <summary>While one query runs out, the next already waits for the cores that become free.</summary>
    private const int QueriesAtOnce = 2;

    /// <inheritdoc/>
    public string Name => SparkEngines.Spark;

    /// <inheritdoc/>
    public CancellationToken Failing => Opening?.Failing ?? CancellationToken.None;

    /// <inheritdoc/>
    public double? SessionSeconds => opened.IsCompletedSuccessfully ? opened.Result.SessionSeconds : null;

    /// <summary>What opens the cluster, and is disposed with the engine.</summary>
    internal OpeningCluster? Opening { get; init; }

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellation) => Opening?.WaitAsync(cancellation) ?? opened.WaitAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Opening?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShardResult> RunAsync(
        ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = Channel.CreateUnbounded<ShardResult>();
        var done = QueryAllAsync(stage, plan, slices, results.Writer, stop);
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
    private async Task QueryAllAsync(ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, ChannelWriter<ShardResult> results, CancellationTokenSource stop)
    {
        Exception? failure = null;
        await TryAsync(async () =>
        {
            var cluster = await opened.ConfigureAwait(false);
            var board = new ProgressBoard(slices.Count, progress);
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = stop.Token };
            await Parallel.ForEachAsync(
                new SliceWaves(plan, cluster.Cores, options.MostRows, options.MostBytes).Cut(slices), atOnce,
                async (wave, _) => await TryAsync(() => MakeAsync(cluster, stage, wave, board, results, stop.Token)).ConfigureAwait(false)).ConfigureAwait(false);
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
    private async Task MakeAsync(
        SparkCluster cluster, ISliceStage stage, SliceWave wave, ProgressBoard board, ChannelWriter<ShardResult> results, CancellationToken cancellation)
    {
        var key = await stage.LayAsync(wave.Content, cancellation).ConfigureAwait(false);
        log.LogDebug("Laid {Slices} slices in {Rows} rows, {Bytes} bytes, and asks for them.", wave.Slices.Count, wave.Rows.Count, wave.Content.Length);
        try
        {
            await new WaveQuery(cluster, job, wave, key, results)
                .RunAsync(new() { Progress = board.Query(wave), Tags = ["eyeslots"] }, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await stage.RemoveAsync(key).ConfigureAwait(false);
        }
    }
}
