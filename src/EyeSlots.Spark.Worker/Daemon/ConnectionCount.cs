namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>How many connections are open, and since when there has been none.</summary>
internal sealed class ConnectionCount : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeSpan patience;
    private readonly ITimer timer;
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? empty;
    private int open;

    /// <param name="patience">How long there may be no connection.</param>
    /// <param name="clock">Measures it.</param>
    internal ConnectionCount(TimeSpan patience, TimeProvider clock)
    {
        this.patience = patience;
        timer = clock.CreateTimer(_ => Expire(), null, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when there was no connection for the whole time.</summary>
    internal Task Idle => idle.Task;

    internal void Enter()
    {
        lock (gate)
        {
            open++;
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    internal void Leave()
    {
        lock (gate)
        {
            if (--open > 0) return;
            empty?.TrySetResult();
            timer.Change(patience, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Completes when no connection is open. No connection may enter after this call.</summary>
    internal Task WhenEmpty()
    {
        lock (gate)
        {
            empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (open == 0) empty.SetResult();
            return empty.Task;
        }
    }

    public void Dispose() => timer.Dispose();

    private void Expire()
    {
        lock (gate)
        {
            if (open == 0) idle.TrySetResult();
        }
    }
}
