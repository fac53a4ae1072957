namespace EyeSlots.Aws.Mailbox;

/// <summary>
/// Tells a master that fell silent. Time is measured by the reader's clock alone, from status to status: the clocks of two machines may differ
/// by more than the patience.
/// </summary>
/// <param name="time">The reader's clock.</param>
public sealed class Heartbeat(TimeProvider time)
{
    /// <summary>A master that wrote nothing for so long is lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private DateTimeOffset? last;
    private long heard = time.GetTimestamp();

    /// <summary>How long nothing new was heard.</summary>
    public TimeSpan Silence => time.GetElapsedTime(heard);

    /// <summary>Whether the master is lost. One that never wrote is not: it may still boot.</summary>
    public bool IsLost => last is not null && Silence > Patience;

    /// <summary>Takes the status that lies in the mailbox, be it new or not.</summary>
    public void Hear(ClusterStatus? status)
    {
        if (status is null || status.Written == last) return;
        (last, heard) = (status.Written, time.GetTimestamp());
    }
}
