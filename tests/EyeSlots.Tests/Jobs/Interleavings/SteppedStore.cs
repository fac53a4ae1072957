using System.Runtime.CompilerServices;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>
/// A root as one actor sees it: its calls are carried out one at a time, and before one of them, by its number, something else happens
/// while the actor stands still. A listing counts twice, before it and after its first file.
/// </summary>
/// <param name="inner">The root.</param>
/// <param name="stop">Before which call, from 0.</param>
/// <param name="meanwhile">What happens then. If it throws, the actor was killed: none of its later calls is carried out.</param>
internal sealed class SteppedStore(IObjectStore inner, int stop, Func<Task> meanwhile) : WrappedStore(inner), IDisposable
{
    private readonly SemaphoreSlim oneCall = new(1);
    private int calls;
    private bool dead;

    /// <summary>Whether the actor came as far as that call.</summary>
    public bool Stopped => calls > stop;

    public override bool PrefersListing => true;

    public override int ReadsAtOnce => 1;

    public override async ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default)
    {
        using var turn = await StepAsync(cancellation);
        return await base.StatAsync(key, cancellation);
    }

    public override async IAsyncEnumerable<ObjectStat> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using (await StepAsync(cancellation))
        {
        }

        var first = true;
        await foreach (var file in base.ListAsync(prefix, cancellation))
        {
            if (first)
            {
                using (await StepAsync(cancellation)) first = false;
            }

            yield return file;
        }
    }

    public override async ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
    {
        using var turn = await StepAsync(cancellation);
        return await base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
    }

    public override async Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        using var turn = await StepAsync(cancellation);
        return await base.PublishAsync(key, content, cancellation);
    }

    public override async Task<bool> ReplaceAsync(string key, ObjectStat seen, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        using var turn = await StepAsync(cancellation);
        return await base.ReplaceAsync(key, seen, content, cancellation);
    }

    public override async Task DeleteAsync(string key, CancellationToken cancellation = default)
    {
        using var turn = await StepAsync(cancellation);
        await base.DeleteAsync(key, cancellation);
    }

    public void Dispose() => oneCall.Dispose();

    private async Task<Turn> StepAsync(CancellationToken cancellation)
    {
        await oneCall.WaitAsync(CancellationToken.None);
        var turn = new Turn(oneCall);
        try
        {
            if (dead) throw new KilledException();
            if (calls++ == stop)
            {
                dead = true;
                await meanwhile();
                dead = false;
            }

            // A call that was given up while the actor stood still never reaches the store.
            cancellation.ThrowIfCancellationRequested();
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private sealed class Turn(SemaphoreSlim calls) : IDisposable
    {
        public void Dispose() => calls.Release();
    }
}

/// <summary>The actor is no more; no code of the product knows this exception.</summary>
internal sealed class KilledException : Exception;
