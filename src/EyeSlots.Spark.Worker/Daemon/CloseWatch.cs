using System.Net.Sockets;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>
/// Turns Spark's closing of a connection into the cancellation of its task. Spark tells a worker in no other way that a task was
/// cancelled, timed out or no longer needed.
/// </summary>
internal sealed class CloseWatch : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private readonly Lock gate = new();
    private readonly Socket socket;
    private readonly CancellationToken stopping;
    private readonly ITimer timer;
    private CancellationTokenSource? task;

    internal CloseWatch(Socket socket, TimeProvider clock, CancellationToken stopping)
    {
        this.socket = socket;
        this.stopping = stopping;
        timer = clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to watch for a task; the token also fires when the process stops.</summary>
    internal CancellationToken Begin()
    {
        lock (gate)
        {
            task = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            timer.Change(Period, Period);
            return task.Token;
        }
    }

    /// <summary>Ends the watch: between tasks, closing means that Spark has no more.</summary>
    internal void End()
    {
        lock (gate)
        {
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            task?.Dispose();
            task = null;
        }
    }

    public void Dispose()
    {
        End();
        timer.Dispose();
    }

    private void Look()
    {
        CancellationTokenSource? watched;
        lock (gate)
        {
            if (task is null || !SocketProbe.IsClosed(socket)) return;
            watched = task;
            task = null;
        }

        // Not awaited: what a function registered may throw or wait, and neither may end this process.
        _ = watched.CancelAsync().ContinueWith(
            static (done, source) =>
            {
                _ = done.Exception;
                ((CancellationTokenSource)source!).Dispose();
            },
            watched,
            TaskScheduler.Default);
    }
}
