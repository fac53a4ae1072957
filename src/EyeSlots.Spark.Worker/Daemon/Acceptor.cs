using System.Net.Sockets;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>Gives each connection a thread, until the listener is disposed of.</summary>
internal sealed class Acceptor(Listener listener, ConnectionCount connections, Func<Socket, Connection> open, WorkerLog log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <returns>Completes when no further connection can come.</returns>
    internal Task Start(CancellationToken stopping)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Begin("accept", () =>
        {
            while (AcceptOne(stopping))
            {
            }

            done.SetResult();
        });
        return done.Task;
    }

    private bool AcceptOne(CancellationToken stopping)
    {
        try
        {
            if (listener.Accept() is not { } socket) return false;
            Serve(socket, stopping);
        }
        catch (Exception failure) when (failure is SocketException or OutOfMemoryException)
        {
            // Too many open files or threads: those that are open will end.
            log.Write("A connection could not be accepted. " + failure.Message);
            stopping.WaitHandle.WaitOne(Pause);
        }

        return true;
    }

    private void Serve(Socket socket, CancellationToken stopping)
    {
        connections.Enter();
        try
        {
            Begin("task", () =>
            {
                try
                {
                    open(socket).Serve(stopping);
                }
                finally
                {
                    connections.Leave();
                }
            });
        }
        catch (OutOfMemoryException)
        {
            socket.Dispose();
            connections.Leave();
            throw;
        }
    }

    /// <summary>Background: a function that cannot be cancelled does not keep the process alive.</summary>
    private static void Begin(string name, ThreadStart work) => new Thread(work) { IsBackground = true, Name = name }.Start();
}
