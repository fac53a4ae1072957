using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Runs;

/// <summary>How long an epoch has trained and waited, over all processes that worked on it.</summary>
internal sealed class EpochClock
{
    private readonly TimeProvider time;
    private readonly ShardStream stream;
    private readonly RunProgress before;
    private readonly long began;
    private readonly TimeSpan waitedBefore;

    /// <summary>Starts, or goes on from where another process left.</summary>
    public EpochClock(TimeProvider time, ShardStream stream, RunProgress before) =>
        (this.time, this.stream, this.before, began, waitedBefore) = (time, stream, before, time.GetTimestamp(), Waited(stream));

    /// <summary>The progress with what has passed until now.</summary>
    public RunProgress Read(RunProgress progress) => progress with
    {
        Seconds = before.Seconds + time.GetElapsedTime(began).TotalSeconds,
        Waited = before.Waited + (Waited(stream) - waitedBefore).TotalSeconds,
    };

    private static TimeSpan Waited(ShardStream stream) => stream.Waited + stream.WaitedForFirst;
}
