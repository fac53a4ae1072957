using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>The whole life of a worker's process, with everything of its surroundings passed in.</summary>
internal static class WorkerProcess
{
    /// <summary>How long functions may take to notice that the process ends; Spark is gone by then.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(
        string[] args,
        Func<string, string?> environment,
        StandardStreams streams,
        FunctionSource functions,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        var log = new WorkerLog(streams.Error, clock);
        try
        {
            var settings = LaunchSettings.Read(args, environment);
            using var listener = Listener.Open(settings);
            using var connections = new ConnectionCount(settings.Idle, clock);
            var acceptor = new Acceptor(listener, connections, socket => new(socket, settings.Secret, functions, log, clock), log);
            listener.Announce(streams.Output);
            await ServeAsync(acceptor, ParentWatch.Start(streams.Input, log), connections, listener, cancellation).ConfigureAwait(false);
            return 0;
        }
        catch (LaunchException refused)
        {
            log.Write(refused.Message);
            return 2;
        }
    }

    private static async Task ServeAsync(
        Acceptor acceptor, Task parentGone, ConnectionCount connections, Listener listener, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellation.Register(() => stopped.TrySetResult());
        var accepting = acceptor.Start(stopping.Token);
        await Task.WhenAny(parentGone, stopped.Task, connections.Idle).ConfigureAwait(false);

        // Spark starts another daemon when a connect is refused, but fails the task when an accepted connection ends: stop
        // listening first, then serve whoever came in between.
        listener.Dispose();
        await accepting.ConfigureAwait(false);
        var empty = connections.WhenEmpty();
        await Task.WhenAny(parentGone, stopped.Task, empty).ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(empty, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
    }
}
