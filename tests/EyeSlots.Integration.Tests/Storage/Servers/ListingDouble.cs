using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>What was asked of a <see cref="ListingDouble"/> so far.</summary>
/// <param name="Lists">Pages of listings.</param>
/// <param name="Keys">Keys on them.</param>
/// <param name="Heads">HEADs.</param>
/// <param name="Gets">GETs of photographs.</param>
internal sealed record ListingCalls(long Lists, long Keys, long Heads, long Gets);

/// <summary>
/// An S3 server of one bucket with millions of photographs that it makes up: lists them as AWS does, 1000 keys a page, and answers HEAD and GET.
/// Every answer comes after a delay. It takes little processor time and holds nothing but the one photograph that all of them are.
/// </summary>
internal sealed class ListingDouble : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, Task> connections = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private readonly TimeSpan delay;
    private long lists, listed, heads, gets;

    public ListingDouble(GeneratedKeys keys, byte[] photograph, TimeSpan delay)
    {
        (Keys, Photograph, this.delay) = (keys, photograph, delay);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Endpoint = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    public GeneratedKeys Keys { get; }

    public byte[] Photograph { get; }

    /// <summary>Whether it pays no heed to <c>start-after</c>, as some servers do.</summary>
    public bool IgnoresStart { get; init; }

    public ListingCalls Calls => new(Volatile.Read(ref lists), Volatile.Read(ref listed), Volatile.Read(ref heads), Volatile.Read(ref gets));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (socket, serving) in connections)
        {
            socket.Dispose();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var socket = await listener.AcceptAsync(stop.Token);
            socket.NoDelay = true;
            connections[socket] = ServeAsync(socket);
        }
    }

    // Requests have no bodies, and the next one comes after the answer to the one before.
    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        var (request, answer) = (new byte[16 << 10], new DoubleAnswer(this));
        for (int have = 0, got; (got = await socket.ReceiveAsync(request.AsMemory(have), stop.Token)) > 0;)
        {
            have += got;
            if (!request.AsSpan(0, have).EndsWith("\r\n\r\n"u8)) continue;
            var bytes = answer.To(request.AsSpan(0, request.AsSpan(0, have).IndexOf((byte)'\r')));
            Count(answer);
            await Task.Delay(delay, stop.Token);
            for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes[sent..], stop.Token);
            have = 0;
        }
    }

    private void Count(DoubleAnswer answer)
    {
        if (answer.IsHead) Interlocked.Increment(ref heads);
        else if (!answer.IsPage) Interlocked.Increment(ref gets);
        if (!answer.IsPage) return;
        Interlocked.Increment(ref lists);
        Interlocked.Add(ref listed, answer.KeysOfPage);
    }
}
