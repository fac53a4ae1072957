using System.Collections.Concurrent;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Storage.S3;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>Connections serve again after answers of every kind, and bodies of a wrong length are read again.</summary>
public sealed class GetConnectionTests
{
    private readonly ConcurrentDictionary<string, int> connections = new();
    private readonly ByteBuffer buffer = new();

    [Theory]
    [InlineData("changed by size", "Changed")]
    [InlineData("changed by version", "Changed")]
    [InlineData("precondition", "Changed")]
    [InlineData("missing", "Missing")]
    [InlineData("too large", "TooLarge")]
    [InlineData("read", "Read")]
    public async Task Answer_ThatIsNotWanted_LeavesItsConnectionOpen(string kind, string expected)
    {
        await using var server = await SmallServer.StartAsync(context => AnswerAsync(context, kind));
        using var factory = Connect(server);
        var store = factory.Open(StorageAddress.Parse("s3://bucket"));
        for (var read = 0; read < 20; read++)
        {
            // Where nothing is planned, only the answer says that it is too large.
            var planned = kind == "too large" ? (ObjectStat?)null : new ObjectStat("a", kind == "changed by size" ? 9 : 100_000, kind == "changed by version" ? "two" : "one", default);
            Assert.Equal(expected, (await store.ReadAsync("a", planned, buffer, kind == "too large" ? 10 : 100_000)).ToString());
        }

        Assert.Equal(20, connections.Values.Sum());

        // A body is drained beside the next reads, which may have opened a few more.
        Assert.InRange(connections.Count, 1, 5);
    }

    [Fact]
    public async Task Object_PlannedToBeTooLarge_IsNotAskedFor_AndOneThatIsNotIsAskedForOnce()
    {
        await using var server = await SmallServer.StartAsync(context => AnswerAsync(context, "read"));
        using var factory = Connect(server);
        var store = factory.Open(StorageAddress.Parse("s3://bucket"));
        var planned = new ObjectStat("a", 100_000, "one", default);
        buffer.Reset(3);
        Assert.Equal(ReadOutcome.TooLarge, await store.ReadAsync("a", planned, buffer, 99_999));
        Assert.Equal((3, 0), (buffer.Length, server.Requests.Count));
        Assert.Equal(ReadOutcome.Read, await store.ReadAsync("a", planned, buffer, 100_000));
        Assert.Equal((100_000, 1), (buffer.Length, server.Requests.Count));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("silent")]
    [InlineData("endless")]
    public async Task Body_OfAnotherLengthOrThatStops_IsReadAgain(string kind)
    {
        var calls = 0;
        await using var server = await SmallServer.StartAsync(context => AnswerAsync(context, Interlocked.Increment(ref calls) <= 2 ? kind : "read"));
        using var factory = Connect(server, S3Names.Quick with { AttemptLimit = TimeSpan.FromMilliseconds(400) });
        Assert.Equal(ReadOutcome.Read, await factory.Open(StorageAddress.Parse("s3://bucket")).ReadAsync("a", new("a", 100_000, "one", default), buffer, 100_000));
        Assert.Equal((100_000, 3), (buffer.Length, calls));
        Assert.True(buffer.Span.SequenceEqual(Content()));
    }

    private static ObjectStoreFactory Connect(SmallServer server, S3Patience? patience = null) =>
        new(new(server.Endpoint.AbsoluteUri, Region: "us-east-1") { Credentials = new("key", "secret", null) }) { Patience = patience ?? S3Names.Quick };

    private async Task AnswerAsync(HttpContext context, string kind)
    {
        connections.AddOrUpdate(context.Connection.Id, 1, (_, count) => count + 1);
        if (kind == "precondition") await context.RefuseAsync(412, "PreconditionFailed");
        else if (kind == "missing") await context.RefuseAsync(404, "NoSuchKey", new string('x', 10_000));
        else await SendAsync(context, kind);
    }

    private static async Task SendAsync(HttpContext context, string kind)
    {
        var (response, content) = (context.Response, Content());
        response.Headers.ETag = "\"one\"";
        if (kind != "endless") response.Headers.ContentLength = content.Length;
        await response.Body.WriteAsync(content.AsMemory(0, kind is "short" or "silent" ? 50_000 : content.Length));
        await response.Body.FlushAsync();
        if (kind == "short") context.Abort();
        if (kind == "silent") await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static byte[] Content()
    {
        var content = new byte[100_000];
        new Random(17).NextBytes(content);
        return content;
    }
}
