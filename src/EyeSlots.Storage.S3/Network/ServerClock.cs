namespace EyeSlots.Storage.S3.Network;

/// <summary>The time that AWS has: this machine's, corrected once an answer has shown that it is off.</summary>
internal sealed class ServerClock(TimeProvider time)
{
    /// <summary>Closer than this, the clock is not what was wrong with a signature: S3 allows 15 minutes, the other services 5.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(4);

    private long offset;

    /// <summary>The time to sign with.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offset));

    /// <summary>Takes over the time of an answer that refused a signature.</summary>
    /// <param name="date">The answer's <c>Date</c>.</param>
    /// <returns>Whether the time was another, so that the same call is worth another try.</returns>
    public bool Learn(DateTimeOffset? date)
    {
        if (date is not { } there || (there - Now).Duration() < Tolerance) return false;
        Interlocked.Exchange(ref offset, (there - time.GetUtcNow()).Ticks);
        return true;
    }
}
