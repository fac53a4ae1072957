using System.Runtime.CompilerServices;
using System.Threading.Channels;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Runs slices on threads of this process, the longest first, so that no thread is left alone with one.
/// </summary>
public sealed class LocalEngine : IEngine
{
    private readonly MemoryGate gate;
    private readonly ShardJob job;
    private readonly int workers;

    /// <summary>Opens the roots of a job.</summary>
    /// <param name="stores">Opens them.</param>
    /// <param name="work">The job.</param>
    /// <param name="log">Told of repairs.</param>
    public LocalEngine(IObjectStoreFactory stores, EngineJob work, ILogger log)
    {
        (gate, workers) = (new(work.MemoryBytes), work.Workers);
        job = new(stores.Open(work.Images, work.FollowLinks), stores.Open(work.Output), work.Parameters, gate, work.Force, log, work.WholeObjects);
    }

    /// <inheritdoc/>
    public string Name => LocalEngines.Local;

    /// <inheritdoc/>
    public CancellationToken Failing => CancellationToken.None;

    /// <inheritdoc/>
    public double? SessionSeconds => null;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Frees the native memory of all workers; call when no slice is under way.</summary>
    public ValueTask DisposeAsync()
    {
        job.Dispose();
        gate.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShardResult> RunAsync(
        ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var results = Channel.CreateUnbounded<ShardResult>();
        var threads = new Run(job, plan, [.. slices.OrderByDescending(slice => slice.Faces)], results.Writer, stop);
        var done = threads.AllAsync(Math.Clamp(slices.Count, 1, Math.Max(1, workers)));
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

    private sealed class Run(
        ShardJob job, Plan plan, IReadOnlyList<SliceHeader> slices, ChannelWriter<ShardResult> results, CancellationTokenSource stop)
    {
        private int next = -1;
        private Exception? failure;

        /// <summary>Ends, never throwing, when all workers have stopped; the first failure reaches the reader.</summary>
        public async Task AllAsync(int workers)
        {
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync))).ConfigureAwait(false);
            results.Complete(failure);
        }

        private async Task WorkAsync()
        {
            try
            {
                await foreach (var result in job.RunAsync(Next(), stop.Token).ConfigureAwait(false))
                    await results.WriteAsync(result, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                await FailAsync(e).ConfigureAwait(false);
            }
        }

        private IEnumerable<Slice> Next()
        {
            while (Interlocked.Increment(ref next) is var at && at < slices.Count) yield return plan.Load(slices[at]);
        }

        /// <summary>The first failure counts; what the others say after they were stopped does not.</summary>
        private Task FailAsync(Exception e)
        {
            Interlocked.CompareExchange(ref failure, e, null);
            return stop.CancelAsync();
        }
    }
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
