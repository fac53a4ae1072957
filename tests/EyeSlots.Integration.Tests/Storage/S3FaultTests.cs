using System.Diagnostics;
using EyeSlots.Core.Storage;
using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage;

public sealed class S3FaultTests(S3Server server) : IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();

    public async ValueTask InitializeAsync() => await server.CreateBucketAsync(bucket);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task ThreeHundredObjects_ThroughAFaultyNetwork_AreThereOnceAndExact()
    {
        await using var proxy = FaultyProxy.Seeded(server.Endpoint, seed: 20_261, share: 0.05);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}/faults"));
        var wins = new int[300];
        await Parallel.ForEachAsync(Enumerable.Range(0, 600), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, stop) =>
        {
            // Two rivals with the same bytes, as two runs of one plan have: only one of them may believe that it has won.
            if (await store.PublishAsync($"{n / 2}", Content(n / 2), stop)) Interlocked.Increment(ref wins[n / 2]);
        });
        Assert.All(wins, won => Assert.Equal(1, won));

        var listed = new Dictionary<string, ObjectStat>();
        await foreach (var stat in store.ListAsync("")) listed.Add(stat.Key, stat);
        Assert.Equal(300, listed.Count);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, stop) => await AssertIsExactAsync(store, listed[$"{n}"], Content(n), stop));
        foreach (var fault in (Fault[])[Fault.Busy, Fault.FailAfter, Fault.ResetBefore, Fault.ResetAfter, Fault.Cut, Fault.Slow])
            Assert.True(proxy.Counts.GetValueOrDefault(fault) > 0, $"{fault} never happened");
    }

    /// <summary>Read whole, the second half of it, and its start with the rest.</summary>
    private static async Task AssertIsExactAsync(IObjectStore store, ObjectStat stat, byte[] content, CancellationToken stop)
    {
        var buffer = new ByteBuffer();
        Assert.Equal(ReadOutcome.Read, await store.ReadAsync(stat.Key, stat, buffer, 1 << 20, stop));
        Assert.Equal(content, buffer.Span);
        var part = new byte[(buffer.Length + 1) / 2];
        Assert.True(await store.ReadPartAsync(stat.Key, buffer.Length / 2, part, stop));
        Assert.Equal(content[^part.Length..], part);
        Assert.Equal(ReadOutcome.Read, await store.ReadStartAsync(stat.Key, stat, buffer, 1 + (int.Parse(stat.Key) * 97), stop));
        Assert.Equal(ReadOutcome.Read, await store.ReadRestAsync(stat.Key, stat, buffer, stop));
        Assert.Equal(content, buffer.Span);
    }

    [Theory]
    [InlineData("ResetAfter", 2)]
    [InlineData("FailAfter", 3)]
    [InlineData("Cut", 2)]
    [InlineData("Silent", 2)]
    public async Task Publish_WonButTheAnswerWasLost_KnowsItsOwnObject(string lost, int calls)
    {
        await using var proxy = new FaultyProxy(server.Endpoint, call => call == 1 ? Enum.Parse<Fault>(lost) : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick with { AttemptLimit = TimeSpan.FromSeconds(1) });
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}/{lost}"));
        Assert.True(await store.PublishAsync("a", "content"u8.ToArray()));
        Assert.False(await store.PublishAsync("a", "content"u8.ToArray()));
        Assert.Equal(calls + 2, proxy.Counts.Values.Sum());
    }

    [Fact]
    public async Task Publish_RefusedAfterADoubtfulTry_IsLostWhenAnotherWriterHasTheSameContent()
    {
        await using var proxy = new FaultyProxy(server.Endpoint, call => call == 1 ? Fault.ResetBefore : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        var address = StorageAddress.Parse($"s3://{bucket}/rival");
        Assert.True(await server.Factory.Open(address).PublishAsync("a", "content"u8.ToArray()));
        Assert.False(await factory.Open(address).PublishAsync("a", "content"u8.ToArray()));
    }

    [Theory]
    [InlineData("content", true)]
    [InlineData("another", false)]
    public async Task Publish_DoubtfulAndTheWinnerHasNoMark_GoesByContent(string winner, bool expected)
    {
        await server.PutAsync(bucket, $"{winner}/a", winner);
        await using var proxy = new FaultyProxy(server.Endpoint, call => call == 1 ? Fault.ResetBefore : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}/{winner}"));
        Assert.Equal(expected, await store.PublishAsync("a", "content"u8.ToArray()));

        // Without a doubtful try before it, equal content is another writer's.
        Assert.False(await store.PublishAsync("a", "content"u8.ToArray()));
    }

    [Fact]
    public async Task Stream_CutAgainAndAgain_GoesOnWhereItWas()
    {
        var content = new byte[3 << 20];
        new Random(7).NextBytes(content);
        var address = StorageAddress.Parse($"s3://{bucket}/stream");
        await server.Factory.Open(address).PublishAsync("a", content);
        await using var proxy = new FaultyProxy(server.Endpoint, call => call % 2 == 1 ? Fault.Cut : Fault.ResetBefore);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        await using var stream = await factory.Open(address).OpenAsync("a");
        using var read = new MemoryStream();
        var half = new byte[content.Length - 1];
        await stream.ReadExactlyAsync(half);
        Assert.True(half.AsSpan().SequenceEqual(content.AsSpan(0, half.Length)));
        Assert.True(proxy.Counts[Fault.Cut] > 5);
    }

    [Fact]
    public async Task Stream_ObjectReplacedAfterACut_FailsAndNeverMixesTwoVersions()
    {
        var store = server.Factory.Open(StorageAddress.Parse($"s3://{bucket}/mixed"));
        await store.PublishAsync("a", new byte[1 << 20]);
        await using var proxy = new FaultyProxy(server.Endpoint, call => call == 1 ? Fault.Cut : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        await using var stream = await factory.Open(store.Address).OpenAsync("a");
        await store.DeleteAsync("a");
        await store.PublishAsync("a", new byte[(1 << 20) + 1]);
        var error = await Assert.ThrowsAsync<StorageException>(() => stream.CopyToAsync(Stream.Null));
        Assert.Contains("changed while it was read", error.Message);
    }

    [Fact]
    public async Task BusyForGood_EndsWithTheLastStatusAndTheTries()
    {
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Fault.Busy);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick with { Attempts = 4 });
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}/busy"));
        var error = await Assert.ThrowsAsync<StorageException>(() => store.PublishAsync("a", "x"u8.ToArray()));
        Assert.Contains("503 SlowDown after 4 tries", error.Message);
        Assert.Equal(4, proxy.Counts[Fault.Busy]);
    }

    [Fact]
    public async Task SilentForGood_EachTryIsGivenUp()
    {
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Fault.Silent);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick with { Attempts = 2, AttemptLimit = TimeSpan.FromMilliseconds(300) });
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}/silent"));
        var error = await Assert.ThrowsAsync<StorageException>(async () => await store.ReadAsync("a", null, new(), 100));
        Assert.Contains("after 2 tries (no answer in time)", error.Message);
    }

    [Theory]
    [InlineData("Silent")]
    [InlineData("Busy")]
    public async Task Cancelled_WhileItWaits_StopsAtOnce(string fault)
    {
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Enum.Parse<Fault>(fault));
        using var factory = server.Connect(proxy.Endpoint, patience: S3Patience.Usual with { FirstDelay = TimeSpan.FromSeconds(60), LongestDelay = TimeSpan.FromSeconds(60) });
        var store = factory.Open(StorageAddress.Parse($"s3://{bucket}/cancel"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PublishAsync("a", "x"u8.ToArray(), stop.Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }

    private static byte[] Content(int n)
    {
        var content = new byte[100 + (n * 137)];
        new Random(n).NextBytes(content);
        return content;
    }
}
