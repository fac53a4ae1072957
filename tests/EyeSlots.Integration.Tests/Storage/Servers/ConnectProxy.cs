using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>A proxy for https: opens a tunnel to one server of the test, whatever host is asked for.</summary>
internal sealed class ConnectProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri server;
    private readonly Task accepting;

    public ConnectProxy(Uri server)
    {
        this.server = server;
        listener.Start();
        Endpoint = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>Whether it opens no tunnel.</summary>
    public bool Refuses { get; init; }

    /// <summary>Hosts that were asked for.</summary>
    public ConcurrentQueue<string> Hosts { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) _ = TunnelAsync(await listener.AcceptTcpClientAsync(stop.Token));
    }

    private async Task TunnelAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var from = client.GetStream();
                var head = await HeadAsync(from);
                Hosts.Enqueue(head.Split(' ')[1].Split(':')[0]);
                if (Refuses)
                {
                    await from.WriteAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop.Token);
                    return;
                }

                using var upstream = new TcpClient();
                await upstream.ConnectAsync(server.Host, server.Port, stop.Token);
                await from.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop.Token);
                var to = upstream.GetStream();
                await Task.WhenAny(from.CopyToAsync(to, stop.Token), to.CopyToAsync(from, stop.Token));
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // Either side went away, or the test is over.
            }
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, stop.Token) == 1) head.Append((char)one[0]);
        return head.ToString();
    }
}
