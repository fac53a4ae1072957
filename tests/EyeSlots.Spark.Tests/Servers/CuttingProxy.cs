using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Spark.Tests.Servers;

/// <summary>Stands before a server and breaks its connections: after so many bytes from the server, or at once on demand.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly int serverPort;
    private readonly long cutAfter;
    private readonly Task accepting;
    private readonly List<Socket> open = [];
    private int cuts;
    private long sent;
    private volatile bool isSilent;

    /// <summary>Passes on to a port of this machine, and cuts each connection when the server has sent so many bytes over it.</summary>
    public CuttingProxy(int serverPort, long cutAfter = long.MaxValue)
    {
        (this.serverPort, this.cutAfter) = (serverPort, cutAfter);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that were cut so far.</summary>
    public int Cuts => cuts;

    /// <summary>Bytes that clients have sent so far.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Lets nothing through from now on, and breaks nothing: as a server that hangs, or a firewall that forgot the connection.</summary>
    public void FallSilent() => isSilent = true;

    /// <summary>Breaks all connections now; later ones are taken again.</summary>
    public void CutAll()
    {
        lock (open)
        {
            if (open.Count > 0) Interlocked.Increment(ref cuts);
            foreach (var socket in open) socket.Close(0);
            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        CutAll();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptSocketAsync(stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(IPAddress.Loopback, serverPort);
        lock (open) open.AddRange([client, server]);
        var up = PumpAsync(client, server, long.MaxValue, count => Interlocked.Add(ref sent, count));
        var down = PumpAsync(server, client, cutAfter, static _ => { });
        await Task.WhenAny(up, down);

        // A reset throws away what the client has not read yet; without this wait a short connection would carry nothing.
        await Task.Delay(30);

        // Linger 0 resets the connection, as a broken network does; an orderly end would be another thing.
        client.Close(0);
        server.Close(0);
    }

    private async Task PumpAsync(Socket from, Socket to, long limit, Action<int> passing)
    {
        var buffer = new byte[1 << 14];
        try
        {
            for (var passed = 0L; passed < limit;)
            {
                var read = await from.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit - passed)));
                if (read == 0) return;
                if (isSilent) continue;
                passing(read);
                await to.SendAsync(buffer.AsMemory(0, read));
                passed += read;
            }

            Interlocked.Increment(ref cuts);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The other side is gone.
        }
    }
}
