using System.Diagnostics;
using System.Net;
using System.Text;
using EyeSlots.Integration.Tests.Storage.Servers;
using Microsoft.AspNetCore.Http;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>The double of a distant server: what goes through it stays as it is, and what it is asked to do it does.</summary>
public sealed class DistantServerTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(n => $"{n} ")));

    [Fact]
    public async Task Relay_CallsOfEachKind_ArriveUnchangedAndAreCounted()
    {
        await using var server = await SmallServer.StartAsync(async context =>
        {
            if (context.Request.Method == "PUT")
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                Assert.Equal(Content, body.ToArray());
            }

            if (context.Request.Method != "HEAD") await context.Response.Body.WriteAsync(Content);
        });
        await using var distant = new DistantServer(server.Endpoint, new() { BytesPerSecond = 100_000_000 });
        using var client = Client(distant);
        Assert.Equal(Content, await client.GetByteArrayAsync("bucket/a.jpg"));
        Assert.Equal(Content, await client.GetByteArrayAsync("bucket/a.parquet"));
        Assert.Equal(Content, await client.GetByteArrayAsync("bucket?list-type=2"));
        (await client.PutAsync("bucket/b.jpg", new ByteArrayContent(Content))).EnsureSuccessStatusCode();
        (await client.SendAsync(new(HttpMethod.Head, "bucket/a.jpg"))).EnsureSuccessStatusCode();
        var calls = distant.Calls;
        Assert.Equal((2, 1, 1, 1, 1), (calls.Gets, calls.Images, calls.Lists, calls.Heads, calls.Puts));
        Assert.Equal((1, 1), (calls.Connections, calls.MostConnections));
        Assert.InRange(calls.BytesSent, 4 * Content.Length, (4 * Content.Length) + 4000);
    }

    [Fact]
    public async Task Relay_Delay_HoldsEachAnswerUpAndTheFirstOfAConnectionTwice()
    {
        await using var server = await SmallServer.StartAsync(context => context.Response.WriteAsync("answer"));
        await using var distant = new DistantServer(server.Endpoint, new() { Delay = TimeSpan.FromMilliseconds(40) });
        using var client = Client(distant);
        // Timers of .NET may ring some milliseconds early: they read a coarse clock.
        var began = Stopwatch.GetTimestamp();
        await client.GetStringAsync("bucket/a.jpg");
        var first = Stopwatch.GetElapsedTime(began);
        await client.GetStringAsync("bucket/a.jpg");
        Assert.InRange(first.TotalMilliseconds, 70, double.MaxValue);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds - first.TotalMilliseconds, 35, double.MaxValue);
    }

    [Fact]
    public async Task Relay_SlowDownForAShare_RefusesThatShareOfImagesAndNothingElse()
    {
        await using var server = await SmallServer.StartAsync(context => context.Response.WriteAsync("answer"));
        await using var distant = new DistantServer(server.Endpoint, new() { SlowDownShare = 0.5 });
        using var client = Client(distant);
        for (var call = 0; call < 100; call++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("bucket/a.csv")).StatusCode);
            var image = await client.GetAsync("bucket/a.jpg");
            if (image.StatusCode != HttpStatusCode.OK) Assert.Contains("<Code>SlowDown</Code>", await image.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(100, distant.Calls.Images);
        Assert.InRange(distant.Calls.SlowDowns, 30, 70);
    }

    [Fact]
    public async Task Relay_AsManyConnectionsAsMayBe_ResetsTheNextAndServesTheOthers()
    {
        await using var server = await SmallServer.StartAsync(context => context.Response.WriteAsync("answer"));
        await using var distant = new DistantServer(server.Endpoint, new() { MostConnections = 1 });
        using var first = Client(distant);
        await first.GetStringAsync("bucket/a.jpg");
        using var second = Client(distant);
        await Assert.ThrowsAsync<HttpRequestException>(() => second.GetStringAsync("bucket/a.jpg"));
        Assert.Equal("answer", await first.GetStringAsync("bucket/a.jpg"));
        Assert.Equal((1, 1), (distant.Calls.Connections, distant.Calls.Refused));
    }

    [Theory]
    [InlineData("GET /b/x/a.JPEG HTTP/1.1\r\nHost: h\r\n\r\n", CallKind.Get, true, 0)]
    [InlineData("GET /b/a.parquet?versionId=a.jpg HTTP/1.1\r\nHost: h\r\n\r\n", CallKind.Get, false, 0)]
    [InlineData("GET /b?list-type=2&prefix=a.jpg HTTP/1.1\r\nHost: h\r\n\r\n", CallKind.List, false, 0)]
    [InlineData("HEAD /b/a.jpg HTTP/1.1\r\nHost: h\r\n\r\n", CallKind.Head, false, 0)]
    [InlineData("POST /b/a?uploads HTTP/1.1\r\nHost: h\r\nCONTENT-LENGTH:  17\r\nX: y\r\n\r\n", CallKind.Put, false, 17)]
    [InlineData("DELETE /b/a.jpg HTTP/1.1\r\nHost: h\r\n\r\n", CallKind.Other, false, 0)]
    internal void TryRead_Head_IsKnownOnceAllOfItHasCome(string text, CallKind kind, bool isImage, long body)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        Assert.False(RequestHead.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _));
        Assert.True(RequestHead.TryRead([.. bytes, .. "rest"u8], out var head));
        Assert.Equal(new(kind, isImage, bytes.Length, body), head);
    }

    private static HttpClient Client(DistantServer server) => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Endpoint };
}
