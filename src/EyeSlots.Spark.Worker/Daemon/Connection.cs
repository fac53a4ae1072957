using System.Net.Sockets;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>One connection of Spark from its handshake to its end, on a thread of its own.</summary>
internal sealed class Connection(Socket socket, byte[]? secret, FunctionSource functions, WorkerLog log, TimeProvider clock)
{
    private const int BufferSize = 64 << 10;
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(15), FarewellTime = TimeSpan.FromSeconds(5);

    /// <summary>Never throws: whatever happens to one connection, the process goes on to serve the others.</summary>
    internal void Serve(CancellationToken stopping)
    {
        try
        {
            using var stop = stopping.Register(socket.Dispose);
            if (Converse(stopping)) SayFarewell();
        }
        catch (ConnectionClosedException closed)
        {
            log.Write("A connection ended early. " + closed.Message);
        }
        catch (Exception failure)
        {
            log.Write("A connection failed. " + ErrorText.Of(failure));
        }
        finally
        {
            socket.Dispose();
        }
    }

    /// <returns>Whether the last words were ours, so that Spark must be given time to read them.</returns>
    private bool Converse(CancellationToken stopping)
    {
        var stream = new SparkSocketStream(socket);
        var reader = new WireReader(new BufferedStream(stream, BufferSize));
        var writer = new WireWriter(new BufferedStream(stream, BufferSize));
        socket.ReceiveTimeout = (int)HandshakeTime.TotalMilliseconds;
        if (!Handshake.Accept(reader, writer, secret))
        {
            log.Write("A connection was refused: its secret is wrong.");
            return true;
        }

        socket.ReceiveTimeout = 0;
        using var watch = new CloseWatch(socket, clock, stopping);
        var tasks = new TaskLoop(reader, writer, functions, log, clock);
        while (true)
        {
            var end = tasks.RunNext(watch.Begin);
            watch.End();
            if (end != TaskEnd.Ready) return end == TaskEnd.Failed;
        }
    }

    /// <summary>
    /// Closing with unread input would reset the connection, and Spark, which may still be writing, would lose the error's text.
    /// </summary>
    private void SayFarewell()
    {
        var start = clock.GetTimestamp();
        var unread = new byte[BufferSize];
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            socket.ReceiveTimeout = (int)FarewellTime.TotalMilliseconds;
            while (socket.Receive(unread) > 0 && clock.GetElapsedTime(start) < FarewellTime)
            {
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
        }
    }
}
