namespace EyeSlots.Storage.S3;

/// <summary>One try of a call: its own time limit below the caller's cancellation.</summary>
internal sealed class S3Attempt : IDisposable
{
    private readonly CancellationTokenSource deadline;
    private readonly TimeSpan limit;

    public S3Attempt(int number, TimeSpan limit, CancellationToken cancellation)
    {
        (Number, this.limit) = (number, limit);
        deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
    }

    /// <summary>1 for the first try.</summary>
    public int Number { get; }

    /// <summary>Ends the try at its limit or when the caller gives up.</summary>
    public CancellationToken Token => deadline.Token;

    /// <summary>Bytes have come: the limit starts anew, so that a slow body is read and a silent one given up.</summary>
    public void Progress() => deadline.CancelAfter(limit);

    /// <inheritdoc/>
    public void Dispose() => deadline.Dispose();
}
