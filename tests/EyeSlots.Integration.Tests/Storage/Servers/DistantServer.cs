using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>What becomes of a request.</summary>
internal enum Fate
{
    Passed,
    Stall,
    SlowDown,
}

/// <summary>
/// Makes a real server of this host a distant, narrow or busy one: passes requests on byte for byte, so that signatures stay good, and holds
/// answers up. It takes little processor time itself, since benchmarks run through it. TCP's slow start is not played.
/// </summary>
internal sealed class DistantServer : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<DistantConnection, Task> connections = new();
    private readonly long[] kinds = new long[Enum.GetValues<CallKind>().Length];
    private readonly Random random;
    private readonly EndPoint server;
    private readonly Task accepting;
    private long images, slowDowns, stalls, bytesSent, opened, open, mostOpen, refused;

    public DistantServer(Uri server, Distance distance)
    {
        (Distance, Bandwidth, random) = (distance, new(distance.BytesPerSecond), new(distance.Seed));
        this.server = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Endpoint = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    public Distance Distance { get; }

    public Bandwidth Bandwidth { get; }

    /// <summary>What has gone through so far.</summary>
    public DistantCalls Calls => new(
        Of(CallKind.Get), Volatile.Read(ref images), Of(CallKind.List), Of(CallKind.Head), Of(CallKind.Put), Of(CallKind.Other), Volatile.Read(ref slowDowns),
        Volatile.Read(ref stalls), Volatile.Read(ref bytesSent), Volatile.Read(ref opened), Volatile.Read(ref mostOpen), Volatile.Read(ref refused));

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (connection, relaying) in connections)
        {
            connection.Dispose();
            await relaying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Counts a request and says what becomes of it.</summary>
    internal Fate Count(in RequestHead head)
    {
        Interlocked.Increment(ref kinds[(int)head.Kind]);
        if (!head.IsImage) return Fate.Passed;
        var number = Interlocked.Increment(ref images);
        if (IsTooMuch())
        {
            Interlocked.Increment(ref slowDowns);
            return Fate.SlowDown;
        }

        if (Distance.StallEvery == 0 || number % Distance.StallEvery != 0) return Fate.Passed;
        Interlocked.Increment(ref stalls);
        return Fate.Stall;
    }

    internal void CountSent(int bytes) => Interlocked.Add(ref bytesSent, bytes);

    private bool IsTooMuch()
    {
        if (Distance.SlowDownShare == 0) return false;
        lock (random) return random.NextDouble() < Distance.SlowDownShare;
    }

    private long Of(CallKind kind) => Volatile.Read(ref kinds[(int)kind]);

    private async Task AcceptAsync()
    {
        while (true) await AdmitAsync(await listener.AcceptAsync());
    }

    private async Task AdmitAsync(Socket near)
    {
        if (Distance.MostConnections > 0 && Volatile.Read(ref open) >= Distance.MostConnections)
        {
            // A linger of zero makes the close a reset.
            near.LingerState = new(true, 0);
            near.Dispose();
            refused++;
            return;
        }

        opened++;
        mostOpen = Math.Max(mostOpen, Interlocked.Increment(ref open));
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        await far.ConnectAsync(server);
        var connection = new DistantConnection(near, far, this);
        var relaying = connection.RelayAsync();
        connections[connection] = relaying;
        _ = relaying.ContinueWith(
            _ =>
            {
                connections.TryRemove(connection, out Task? ended);
                Interlocked.Decrement(ref open);
            },
            TaskScheduler.Default);
    }
}
