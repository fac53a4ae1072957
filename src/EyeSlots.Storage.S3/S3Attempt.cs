namespace EyeSlots.Storage.S3;

/// <summary>One try of a call: its own time limit below the caller's cancellation.</summary>
internal sealed class S3Attempt : IDisposable
{
    // Never disposed: it holds nothing without a timer, and the watch may be about to cancel it.
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenRegistration caller;
    private readonly AttemptWatch watch;
    private readonly LinkedListNode<S3Attempt> place;
    private readonly TimeSpan limit;
    private long lastSign;

    internal S3Attempt(AttemptWatch watch, int number, TimeSpan limit, CancellationToken cancellation)
    {
        (this.watch, Number, this.limit, lastSign) = (watch, number, limit, watch.Now);
        place = new(this);
        caller = cancellation.UnsafeRegister(static attempt => ((S3Attempt)attempt!).Cancel(), this);
        watch.Add(place);
    }

    /// <summary>1 for the first try.</summary>
    public int Number { get; }

    /// <summary>Ends the try at its limit or when the caller gives up.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Bytes have come: the limit starts anew, so that a slow body is read and a silent one given up.</summary>
    public void Progress() => Volatile.Write(ref lastSign, watch.Now);

    /// <summary>Nothing is asked of the server until <see cref="Progress"/>: the limit rests.</summary>
    public void Rest() => Volatile.Write(ref lastSign, long.MaxValue);

    /// <inheritdoc/>
    public void Dispose()
    {
        watch.Remove(place);
        caller.Dispose();
    }

    internal bool IsOverdue => Volatile.Read(ref lastSign) is not long.MaxValue and var sign && watch.Since(sign) >= limit;

    internal void Cancel() => stop.Cancel();
}
