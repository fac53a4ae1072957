using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Benchmarks.Training;

/// <summary>Stands before a server of this host and holds each request up for as long as a distant one would take.</summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri server;
    private readonly TimeSpan delay;
    private readonly Task accepting;

    public DelayingProxy(Uri server, TimeSpan delay)
    {
        (this.server, this.delay) = (server, delay);
        listener.Start();
        Endpoint = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            try
            {
                await upstream.ConnectAsync(server.Host, server.Port, stop.Token);
                var (near, far) = (client.GetStream(), upstream.GetStream());
                var answers = far.CopyToAsync(near, stop.Token);

                // A request without a body comes in one piece; the answers are passed on as they come.
                var room = new byte[1 << 16];
                for (int count; (count = await near.ReadAsync(room, stop.Token)) > 0;)
                {
                    await Task.Delay(delay, stop.Token);
                    await far.WriteAsync(room.AsMemory(0, count), stop.Token);
                }

                upstream.Client.Shutdown(SocketShutdown.Send);
                await answers;
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // The client went away, or the benchmark is over.
            }
        }
    }
}
