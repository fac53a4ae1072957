namespace EyeSlots.Integration.Tests.Aws;

/// <summary>A clock on which nobody waits: each pause is over at once, and the clock stands at its end. Safe for many threads.</summary>
internal sealed class SkippingTime(DateTimeOffset start) : TimeProvider
{
    private long passed;

    /// <summary>Begins at this machine's time.</summary>
    public SkippingTime()
        : this(System.GetUtcNow())
    {
    }

    /// <summary>How far pauses have carried it.</summary>
    public TimeSpan Passed => TimeSpan.FromTicks(Interlocked.Read(ref passed));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + Passed;

    public override long GetTimestamp() => Passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SkippingTime time, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool isOver;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            Interlocked.Add(ref time.passed, dueTime.Ticks);
            ThreadPool.QueueUserWorkItem(_ => { if (!isOver) callback(state); });
            return true;
        }

        public void Dispose() => isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
