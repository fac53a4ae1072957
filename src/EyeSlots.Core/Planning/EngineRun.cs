using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace EyeSlots.Core.Planning;

/// <summary>
/// A run of an engine while it lasts: its parts work side by side, and their results flow as they come. The first failure stops all and is the
/// run's; what the others say after they were stopped does not count. Safe to call from several threads.
/// </summary>
public sealed class EngineRun
{
    private readonly Channel<ShardResult> results = Channel.CreateUnbounded<ShardResult>();
    private readonly CancellationTokenSource stop;
    private Exception? failure;

    private EngineRun(CancellationToken cancellation) => stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

    /// <summary>Fires when a part has failed, and when the caller wants no more.</summary>
    public CancellationToken Stopped => stop.Token;

    /// <summary>Takes a result.</summary>
    public void Add(ShardResult result) => results.Writer.TryWrite(result);

    /// <summary>Runs a part to its end. Never throws.</summary>
    public async Task GuardAsync(Func<Task> part)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Interlocked.CompareExchange(ref failure, error, null);
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Begins a run and gives its results until it has ended, which it has, too, when this ends early.</summary>
    /// <param name="work">The run; guards its parts where there are several.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, even where all of its parts ended well.</exception>
    public static async IAsyncEnumerable<ShardResult> ResultsAsync(Func<EngineRun, Task> work, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var run = new EngineRun(cancellation);
        using var stop = run.stop;
        var done = run.CompleteAsync(work);
        try
        {
            await foreach (var result in run.results.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return result;
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await done.ConfigureAwait(false);
        }
    }

    private async Task CompleteAsync(Func<EngineRun, Task> work)
    {
        await GuardAsync(() => work(this)).ConfigureAwait(false);
        results.Writer.Complete(failure);
    }
}
