using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Spark.Tests.Servers;

/// <summary>A port that answers no connection, as an address behind a firewall: its queue is full, so the kernel drops what comes.</summary>
internal sealed class FullBacklog : IDisposable
{
    private readonly Socket listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> waiting = [];

    public FullBacklog()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        for (var i = 0; i < 4; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            waiting.Add(socket);
            _ = socket.ConnectAsync(listener.LocalEndPoint!);
        }
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        listener.Dispose();
        foreach (var socket in waiting) socket.Dispose();
    }
}
