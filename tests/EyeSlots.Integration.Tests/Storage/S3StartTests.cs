using System.Text;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>Starts of objects on servers that are not all alike.</summary>
public sealed class S3StartTests(S3Server s3) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private readonly Forwarder forwarder = new(s3.Endpoint);
    private readonly ByteBuffer buffer = new();

    private StorageAddress Address => StorageAddress.Parse($"s3://{bucket}/starts");

    public async ValueTask InitializeAsync() => await s3.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync()
    {
        forwarder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Server_AsksForJustTheBytesThatAreMissing()
    {
        List<string> ranges = [];
        await using var server = await SmallServer.StartAsync(context =>
        {
            ranges.Add($"{context.Request.Headers.Range}");
            return forwarder.ForwardAsync(context);
        });
        using var factory = s3.Connect(server.Endpoint);
        var (store, planned) = await PublishedAsync(factory.Open(Address));
        ranges.Clear();
        await store.ReadStartAsync("a", planned, buffer, 6);
        await store.ReadRestAsync("a", planned, buffer);
        await store.ReadRestAsync("a", planned, buffer);
        await store.ReadStartAsync("a", planned, buffer, 15);
        Assert.Equal(["bytes=0-5", "bytes=6-14", ""], ranges);
    }

    [Fact]
    public async Task Server_ThatGivesNoParts_HasEverythingTaken()
    {
        await using var server = await SmallServer.StartAsync(context =>
        {
            // It answers as if nothing had been asked for but the object; the signature does not cover a header that is not there.
            return context.Request.Headers.ContainsKey("Range") ? WholeAsync(context) : forwarder.ForwardAsync(context);
        });
        using var factory = s3.Connect(server.Endpoint);
        var (store, planned) = await PublishedAsync(factory.Open(Address));
        Assert.Equal(ReadOutcome.Read, await store.ReadStartAsync("a", planned, buffer, 6));
        Assert.Equal("slices of a run", Encoding.ASCII.GetString(buffer.Span));
        buffer.Reset(6);
        Assert.Equal(ReadOutcome.Read, await store.ReadRestAsync("a", planned, buffer));
        Assert.Equal("slices of a run", Encoding.ASCII.GetString(buffer.Span));
        Assert.Equal(ReadOutcome.Changed, await store.ReadStartAsync("a", planned with { Version = "0" }, buffer, 6));
        Assert.Equal(ReadOutcome.Changed, await store.ReadStartAsync("a", planned with { Size = 16 }, buffer, 6));

        async Task WholeAsync(Microsoft.AspNetCore.Http.HttpContext context)
        {
            context.Response.Headers.ETag = $"\"{(await s3.Factory.Open(Address).StatAsync("a"))!.Value.Version}\"";
            context.Response.ContentLength = 15;
            await context.AnswerAsync(200, "image/jpeg", "slices of a run");
        }
    }

    [Theory]
    [InlineData("bytes 0-5/99", false)]
    [InlineData("bytes 0-5/*", true)]
    [InlineData("", true)]
    [InlineData("nonsense", true)]
    public async Task Server_WhosePartIsOfSomethingElse_IsChangedOrAnError(string range, bool isError)
    {
        await using var server = await SmallServer.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.ContentRange = range;
            context.Response.ContentLength = 6;
            return context.AnswerAsync(206, "image/jpeg", "slices");
        });
        using var factory = s3.Connect(server.Endpoint, patience: S3Names.Quick with { Attempts = 2 });
        async Task<ReadOutcome> StartAsync() => await factory.Open(Address).ReadStartAsync("a", new("a", 15, "1", default), buffer, 6);
        if (isError) await Assert.ThrowsAsync<StorageException>(StartAsync);
        else Assert.Equal(ReadOutcome.Changed, await StartAsync());
        Assert.Equal(isError ? 2 : 1, server.Requests.Count);
    }

    [Fact]
    public async Task ObjectWithoutETag_IsBoundToItsTimeAndSize()
    {
        await s3.Factory.Open(Address).PublishAsync("other", "x"u8.ToArray());
        var file = Path.Combine(s3.DataFolder, bucket, "starts", "by-hand");
        await File.WriteAllTextAsync(file, "12345");
        var store = s3.Factory.Open(Address);
        var planned = (await store.StatAsync("by-hand"))!.Value;
        Assert.StartsWith("m:", planned.Version);
        Assert.Equal(ReadOutcome.Read, await store.ReadStartAsync("by-hand", planned, buffer, 3));
        Assert.Equal("123"u8, buffer.Span);
        File.SetLastWriteTimeUtc(file, planned.Modified.UtcDateTime.AddSeconds(3));
        Assert.Equal(ReadOutcome.Changed, await store.ReadRestAsync("by-hand", planned, buffer));
        foreach (var other in (string[])["123456", "1", ""])
        {
            await File.WriteAllTextAsync(file, other);
            File.SetLastWriteTimeUtc(file, planned.Modified.UtcDateTime);
            Assert.Equal(ReadOutcome.Changed, await store.ReadStartAsync("by-hand", planned, buffer, 3));
            buffer.Reset(3);
            Assert.Equal(ReadOutcome.Changed, await store.ReadRestAsync("by-hand", planned, buffer));
        }
    }

    private static async Task<(IObjectStore Store, ObjectStat Planned)> PublishedAsync(IObjectStore store)
    {
        Assert.True(await store.PublishAsync("a", "slices of a run"u8.ToArray()));
        return (store, (await store.StatAsync("a"))!.Value);
    }
}
