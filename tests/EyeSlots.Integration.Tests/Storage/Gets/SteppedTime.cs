namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>A clock that goes when a test says so; its timers ring on the way.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly List<Timer> timers = [];
    private long now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are set.</summary>
    public int Timers => timers.Count;

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), now + dueTime.Ticks, period.Ticks);
        timers.Add(timer);
        return timer;
    }

    /// <summary>Goes on, from one ring to the next.</summary>
    public void Go(TimeSpan time)
    {
        for (var end = now + time.Ticks; ;)
        {
            var next = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            now = next?.Due ?? end;
            if (next is null) return;
            next.Ring();
        }
    }

    private sealed class Timer(SteppedTime time, Action ring, long due, long period) : ITimer
    {
        public long Due { get; private set; } = due;

        public void Ring()
        {
            Due += period;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
