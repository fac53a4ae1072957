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
    public IAsyncEnumerable<ShardResult> RunAsync(ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, CancellationToken cancellation) =>
        EngineRun.ResultsAsync(run => SparkFailures.TranslateAsync(() => QueryAllAsync(run, stage, plan, slices)), cancellation);

    private async Task QueryAllAsync(EngineRun run, ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices)
    {
        var cluster = await opened.ConfigureAwait(false);
        var board = new ProgressBoard(slices.Count, progress);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = QueriesAtOnce, CancellationToken = run.Stopped };
        await Parallel.ForEachAsync(
            new SliceWaves(plan, cluster.Cores, options.MostRows, options.MostBytes).Cut(slices), atOnce,
            async (wave, _) => await run.GuardAsync(() => SparkFailures.TranslateAsync(() => MakeAsync(run, cluster, stage, wave, board))).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>Lays the slices where executors find them, and takes them away at the end.</summary>
    private async Task MakeAsync(EngineRun run, SparkCluster cluster, ISliceStage stage, SliceWave wave, ProgressBoard board)
    {
        var key = await stage.LayAsync(wave.Content, run.Stopped).ConfigureAwait(false);
        log.LogDebug("Laid {Slices} slices in {Rows} rows, {Bytes} bytes, and asks for them.", wave.Slices.Count, wave.Rows.Count, wave.Content.Length);
        try
        {
            await new WaveQuery(cluster, job, wave, key, run.Add)
                .RunAsync(new() { Progress = board.Query(wave), Tags = ["eyeslots"] }, run.Stopped).ConfigureAwait(false);
        }
        finally
        {
            await stage.RemoveAsync(key).ConfigureAwait(false);
        }
    }
}
