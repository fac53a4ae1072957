using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>
/// The mark <c>plans/NAME.gc</c> of a collection that is about to delete. It is laid before plans are read, and nothing is deleted later
/// than <see cref="Lease"/> after: a run that lays its plan too late for this collection finds the mark, and waits until it is gone or
/// <see cref="Patience"/> has passed before it checks what it commits.
/// </summary>
internal sealed class CollectionMark : IAsyncDisposable
{
    /// <summary>For how long a collection deletes on the strength of one look at plans and manifests.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How long a run waits for a mark: the lease, and as much again for a call that was under way when it ended.</summary>
    public static readonly TimeSpan Patience = 2 * Lease;

    /// <summary>An older mark belongs to a collection that died, however far the clocks of the store and of this machine are apart.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IObjectStore root;
    private readonly TimeProvider time;
    private readonly string key;
    private readonly (long Ticks, DateTimeOffset Clock) began;
    private readonly CancellationTokenSource lease;
    private readonly CancellationTokenSource linked;

    private CollectionMark(IObjectStore root, TimeProvider time, CancellationToken cancellation)
    {
        (this.root, this.time, key) = (root, time, RunFiles.Mark(RunName.New(time)));
        began = (time.GetTimestamp(), time.GetUtcNow());
        lease = new(Lease, time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, cancellation);
    }

    /// <summary>Cancelled when the lease ends, so that no call goes on beyond it.</summary>
    public CancellationToken Token => linked.Token;

    /// <summary>Whether nothing may be deleted any more. A machine that slept meanwhile knows it by the wall clock only.</summary>
    public bool IsOver => time.GetElapsedTime(began.Ticks) >= Lease || time.GetUtcNow() - began.Clock >= Lease;

    /// <summary>Lays a mark; the lease begins before anybody can see it.</summary>
    public static async Task<CollectionMark> LayAsync(IObjectStore root, TimeProvider time, CancellationToken cancellation)
    {
        var mark = new CollectionMark(root, time, cancellation);
        try
        {
            await root.PublishAsync(mark.key, default, cancellation).ConfigureAwait(false);
            return mark;
        }
        catch
        {
            await mark.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes the mark away: nothing is deleted after.</summary>
    public async ValueTask DisposeAsync()
    {
        await CleanUp.DeleteAsync(root, key, time).ConfigureAwait(false);
        linked.Dispose();
        lease.Dispose();
    }
}
