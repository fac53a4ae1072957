namespace EyeSlots.Tests.Tools;

/// <summary>
/// A clock on which nobody waits: a pause of less than a second is over at once, and the clock stands at its end. Longer timers are
/// limits; they fire when the pauses of others have carried the clock so far.
/// </summary>
internal sealed class JumpingTime : TimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private readonly DateTimeOffset start;
    private TimeSpan passed;

    public JumpingTime(DateTimeOffset start) => this.start = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate) return passed.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        List<Timer> due;
        lock (gate)
        {
            passed += span;
            due = timers.FindAll(timer => timer.Due <= passed);
            timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due) timer.Fire();
    }

    private sealed class Timer(JumpingTime time, Action fire) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time.passed + dueTime;
                time.timers.Add(this);
            }

            if (dueTime < LongestPause) time.Advance(dueTime);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
