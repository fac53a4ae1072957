using System.Net.Sockets;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>
/// Passes the bytes of one client's connection on to one of the server's, and back. Only requests are looked at: what comes back behind one
/// is its answer, since clients of S3 send no second request before the first is answered.
/// </summary>
internal sealed class DistantConnection(Socket near, Socket far, DistantServer server) : IDisposable
{
    private static readonly byte[] SlowDown = Answer("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>");
    private readonly byte[] requests = GC.AllocateUninitializedArray<byte>(32 << 10, pinned: true);
    private readonly byte[] answers = GC.AllocateUninitializedArray<byte>(64 << 10, pinned: true);
    private readonly int delay = (int)server.Distance.Delay.TotalMilliseconds;
    private bool isNew = true;
    private int wait;

    /// <summary>Goes on until one side ends the connection.</summary>
    public async Task RelayAsync()
    {
        var asking = AskAsync();
        var answering = AnswerAsync();
        await Task.WhenAny(asking, answering);
        Dispose();
        await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
    }

    private async Task AskAsync()
    {
        long body = 0;
        for (int have = 0, count; (count = await near.ReceiveAsync(requests.AsMemory(have))) > 0;)
        {
            have += count;
            if (body > 0)
            {
                body -= await PassAsync(requests.AsMemory(0, (int)Math.Min(have, body)), delay);
                have = 0;
            }
            else if (RequestHead.TryRead(requests.AsSpan(0, have), out var head))
            {
                // A request whose body has begun to come lies at the beginning of what was received.
                body = head.Length + head.BodyLength - have;
                await BeginAsync(head, requests.AsMemory(0, have));
                have = 0;
            }
        }
    }

    private async Task BeginAsync(RequestHead head, ReadOnlyMemory<byte> request)
    {
        var fate = server.Count(head);
        var later = delay + (isNew ? delay : 0) + (fate == Fate.Stall ? (int)server.Distance.StallFor.TotalMilliseconds : 0);
        isNew = false;
        if (fate != Fate.SlowDown)
        {
            await PassAsync(request, later);
            return;
        }

        if (later > 0) await Task.Delay(later);
        await near.SendAsync(SlowDown);
    }

    private async Task<int> PassAsync(ReadOnlyMemory<byte> bytes, int later)
    {
        Volatile.Write(ref wait, Math.Max(wait, later));
        await far.SendAsync(bytes);
        return bytes.Length;
    }

    private async Task AnswerAsync()
    {
        for (int count; (count = await far.ReceiveAsync(answers.AsMemory())) > 0;)
        {
            if (Interlocked.Exchange(ref wait, 0) is > 0 and var later) await Task.Delay(later);
            for (var at = 0; at < count;)
            {
                var piece = server.Distance.BytesPerSecond > 0 ? Math.Min(count - at, Bandwidth.Piece) : count - at;
                var turn = server.Bandwidth.Take(piece);
                if (turn > TimeSpan.Zero) await Task.Delay(turn);
                await near.SendAsync(answers.AsMemory(at, piece));
                at += piece;
            }

            server.CountSent(count);
        }
    }

    private static byte[] Answer(string body) => System.Text.Encoding.ASCII.GetBytes(
        $"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
