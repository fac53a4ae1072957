using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>What the proxy does to one call.</summary>
internal enum Fault
{
    None,
    Busy,
    Expired,
    FailAfter,
    ResetBefore,
    ResetAfter,
    Cut,
    Slow,
    Silent,
}

/// <summary>
/// Stands before an S3 server and breaks calls. A call is passed on byte for byte, Host included, so signatures stay good; each
/// has its own connection. It speaks just enough HTTP to know where a request ends.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Uri server;
    private readonly Func<int, Fault> choose;
    private readonly Task accepting;
    private int calls;

    /// <summary>Chooses a fault for the n-th call, from 1.</summary>
    public FaultyProxy(Uri server, Func<int, Fault> choose)
    {
        (this.server, this.choose) = (server, choose);
        listener.Start();
        Endpoint = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    public Uri Endpoint { get; }

    /// <summary>Calls by what was done to them.</summary>
    public ConcurrentDictionary<Fault, int> Counts { get; } = new();

    /// <summary>Breaks a share of the calls, chosen by a seed.</summary>
    public static FaultyProxy Seeded(Uri server, int seed, double share)
    {
        var random = new Random(seed);
        Fault[] faults = [Fault.Busy, Fault.FailAfter, Fault.ResetBefore, Fault.ResetAfter, Fault.Cut, Fault.Slow];
        return new(server, _ =>
        {
            lock (random) return random.NextDouble() < share ? faults[random.Next(faults.Length)] : Fault.None;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested) _ = ServeAsync(await listener.AcceptSocketAsync(stop.Token));
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                await using var stream = new NetworkStream(client);
                if (await ReadRequestAsync(stream) is not { } request) return;
                var fault = choose(Interlocked.Increment(ref calls));
                Counts.AddOrUpdate(fault, 1, (_, count) => count + 1);
                await BreakAsync(client, stream, request, fault);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task BreakAsync(Socket client, NetworkStream stream, byte[] request, Fault fault)
    {
        var answer = fault is Fault.Busy or Fault.Expired or Fault.ResetBefore ? [] : await ForwardAsync(request);
        var send = fault switch
        {
            Fault.Busy => Failure("503 Slow Down", "SlowDown"),
            Fault.Expired => Failure("400 Bad Request", "ExpiredToken"),
            Fault.FailAfter => Failure("500 Internal Server Error", "SlowDown"),
            Fault.Cut => answer.AsMemory(0, CutAt(answer)),
            Fault.None or Fault.Slow => answer,
            _ => Memory<byte>.Empty,
        };
        if (fault == Fault.Silent) await Task.Delay(Timeout.Infinite, stop.Token);
        var piece = fault == Fault.Slow ? Math.Max(1, send.Length / 8) : Math.Max(1, send.Length);
        for (; send.Length > 0; send = send[Math.Min(piece, send.Length)..])
        {
            await stream.WriteAsync(send[..Math.Min(piece, send.Length)], stop.Token);
            if (fault == Fault.Slow) await Task.Delay(10, stop.Token);
        }

        // A linger of zero makes the close a reset.
        if (fault is Fault.ResetBefore or Fault.ResetAfter) client.LingerState = new(true, 0);
    }

    private async Task<byte[]> ForwardAsync(byte[] request)
    {
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(server.Host, server.Port, stop.Token);
        var stream = upstream.GetStream();
        await stream.WriteAsync(request, stop.Token);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, stop.Token);
        return answer.ToArray();
    }

    // The head is kept but for two headers that are never signed: Expect is answered here, and the connection ends with the call.
    private async Task<byte[]?> ReadRequestAsync(NetworkStream stream)
    {
        using var request = new MemoryStream();
        var room = new byte[1 << 16];
        int head;
        while ((head = HeadLength(request.GetBuffer().AsSpan(0, (int)request.Length))) == 0)
        {
            var count = await stream.ReadAsync(room, stop.Token);
            if (count == 0) return null;
            request.Write(room, 0, count);
        }

        var lines = Encoding.Latin1.GetString(request.GetBuffer(), 0, head - 4).Split("\r\n");
        var length = head + lines.Where(line => Is(line, "Content-Length")).Select(line => int.Parse(line[15..], CultureInfo.InvariantCulture)).FirstOrDefault();
        if (lines.Any(line => Is(line, "Expect"))) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop.Token);
        while (request.Length < length)
        {
            var count = await stream.ReadAsync(room, stop.Token);
            if (count == 0) return null;
            request.Write(room, 0, count);
        }

        var kept = string.Join("\r\n", lines.Where(line => !Is(line, "Expect") && !Is(line, "Connection"))) + "\r\nConnection: close\r\n\r\n";
        return [.. Encoding.Latin1.GetBytes(kept), .. request.GetBuffer().AsSpan(head, length - head)];
    }

    private static bool Is(string line, string header) => line.StartsWith(header + ":", StringComparison.OrdinalIgnoreCase);

    private static int HeadLength(ReadOnlySpan<byte> message) => message.IndexOf("\r\n\r\n"u8) is >= 0 and var at ? at + 4 : 0;

    // Half of the body; of an answer that has none, half of its head.
    private static int CutAt(byte[] answer) => HeadLength(answer) is var head && head < answer.Length ? (head + answer.Length) / 2 : head / 2;

    private static Memory<byte> Failure(string status, string code)
    {
        var body = $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>Said by the proxy.</Message></Error>";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
    }
}
