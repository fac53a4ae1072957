using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Runs slices on threads of this process, the longest first; threads that have none left help with those of others, so that none is alone at the end.
/// </summary>
public sealed class LocalEngine : IEngine
{
    private readonly MemoryGate gate;
    private readonly ShardJob job;
    private readonly int workers;
    private readonly Task prepared;

    /// <summary>Opens the roots of a job.</summary>
    /// <param name="stores">Opens them.</param>
    /// <param name="work">The job.</param>
    /// <param name="log">Told of repairs.</param>
    public LocalEngine(IObjectStoreFactory stores, EngineJob work, ILogger log)
    {
        (gate, workers) = (new(work.MemoryBytes), work.Workers);
        job = new(stores.Open(work.Images, work.FollowLinks), stores.Open(work.Output), work.Parameters, gate, work.Force, log, work.WholeObjects);

        // A list is read by one thread at first; meanwhile another can load OpenSSL, with which its rows will be hashed, and OpenCV. Not both at
        // once: of all who load a library, one works and the others wait.
        prepared = Task.Run(() =>
        {
            SHA256.HashData([]);
            job.Prepare();
        });
    }

    /// <inheritdoc/>
    public string Name => LocalEngines.Local;

    /// <inheritdoc/>
    public CancellationToken Failing => CancellationToken.None;

    /// <inheritdoc/>
    public double? SessionSeconds => null;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellation) => prepared.WaitAsync(cancellation);

    /// <summary>Frees the native memory of all workers; call when no slice is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await prepared.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        job.Dispose();
        gate.Dispose();
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShardResult> RunAsync(
        ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var shards = new SharedShards(slices.OrderByDescending(slice => slice.Faces).Select(slice => new Lazy<Slice>(() => plan.Load(slice))));
        var count = Math.Max(1, job.SharesFaces ? workers : Math.Min(workers, slices.Count));
        await foreach (var result in EngineRun.ResultsAsync(run => WorkAsync(run, count, shards, stage.MayPublish), cancellation).ConfigureAwait(false)) yield return result;
    }

    private Task WorkAsync(EngineRun run, int count, SharedShards shards, Task mayPublish)
    {
        // A root that takes nothing is told before more is made in vain.
        var watched = run.GuardAsync(() => mayPublish.WaitAsync(run.Stopped));
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ => run.GuardAsync(() => StartAsync(run, shards, mayPublish))).Append(watched));
    }

    /// <summary>
    /// A thread of its own asks for each result and waits for it: images of a folder are read and cut on that thread alone, without ever
    /// waiting, and would keep the pool's threads from publishing shards.
    /// </summary>
    private Task StartAsync(EngineRun run, SharedShards shards, Task mayPublish) => Task.Factory.StartNew(
        () =>
        {
            foreach (var result in job.RunAsync(shards, mayPublish, run.Stopped).ToBlockingEnumerable(CancellationToken.None)) run.Add(result);
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

/// <summary>Opens engines on this machine.</summary>
/// <param name="stores">Opens the roots.</param>
/// <param name="log">Told of repairs.</param>
public sealed class LocalEngines(IObjectStoreFactory stores, ILogger log) : IEngineFactory
{
    internal const string Local = "local";

    /// <inheritdoc/>
    public string Name => Local;

    /// <inheritdoc/>
    public IEngine Open(EngineJob job, CancellationToken cancellation) => new LocalEngine(stores, job, log);
}
