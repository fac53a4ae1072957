using Progress = EyeSlots.Spark.Connect.Protocol.ExecutePlanResponse.Types.ExecutionProgress;

namespace EyeSlots.Spark.Connect.Execution;

/// <summary>Remembers when an operation last showed something new. Only time spent waiting for the server counts.</summary>
internal sealed class StallWatch(TimeSpan limit, TimeProvider time)
{
    /// <summary>
    /// The server ends a stream after two minutes and waits to be asked again, so one that is silent for longer hangs on a dead
    /// connection: worth another try before the operation is given up.
    /// </summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    private long changed = time.GetTimestamp();

    /// <summary>The last progress; null before the first.</summary>
    public Progress? Last { get; private set; }

    /// <summary>Whether nothing new came for the whole limit.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>How long to wait for the next message.</summary>
    public TimeSpan Patience => Left < Silence ? Left > TimeSpan.Zero ? Left : TimeSpan.Zero : Silence;

    private TimeSpan Left => limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit - time.GetElapsedTime(changed);

    /// <summary>Something new came, or the caller asks for more.</summary>
    public void Touch() => changed = time.GetTimestamp();

    /// <summary>Takes a report; false when it says the same as the one before.</summary>
    public bool Saw(Progress progress)
    {
        if (progress.Equals(Last)) return false;
        Last = progress;
        Touch();
        return true;
    }
}
