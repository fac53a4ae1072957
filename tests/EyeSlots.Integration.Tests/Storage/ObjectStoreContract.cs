using System.Text;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Storage;

/// <summary>What every store must do; each store runs all of it, on a root of its own that is empty.</summary>
public abstract partial class ObjectStoreContract
{
    private readonly ByteBuffer buffer = new();

    protected abstract IObjectStore Store { get; }

    [Fact]
    public async Task Publish_KeyThatIsThere_IsRefusedAndKeepsTheFirstContent()
    {
        Assert.True(await Store.PublishAsync("shards/a.parquet", "first"u8.ToArray()));
        Assert.False(await Store.PublishAsync("shards/a.parquet", "second"u8.ToArray()));
        Assert.False(await Store.PublishAsync("shards/a.parquet", "first"u8.ToArray()));
        Assert.Equal("first", await TextAsync("shards/a.parquet"));
    }

    [Fact]
    public async Task Publish_SixteenRacingWriters_ExactlyOneWinsAndItsContentStays()
    {
        for (var round = 0; round < 8; round++)
        {
            var key = $"race/{round}";
            using var start = new Barrier(16);
            var writers = Enumerable.Range(0, 16).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Store.PublishAsync(key, Encoding.ASCII.GetBytes($"writer {writer}"));
                },
                TaskCreationOptions.LongRunning).Unwrap());
            var won = await Task.WhenAll(writers);
            var winner = Assert.Single(Enumerable.Range(0, 16), writer => won[writer]);
            Assert.Equal($"writer {winner}", await TextAsync(key));
        }
    }

    [Fact]
    public async Task Replace_WhatWasSeen_PutsTheNewContentThere()
    {
        await Store.PublishAsync("shards/a.parquet", "damaged"u8.ToArray());
        var seen = (await Store.StatAsync("shards/a.parquet"))!.Value;
        Assert.True(await Store.ReplaceAsync("shards/a.parquet", seen, "the good one"u8.ToArray()));
        Assert.Equal("the good one", await TextAsync("shards/a.parquet"));
        Assert.True(await Store.ReplaceAsync("shards/a.parquet", (await ListAsync("shards/"))[0], default));
        Assert.Equal(0, Assert.Single(await ListAsync("")).Size);
    }

    [Fact]
    public async Task Replace_SomethingElseOrNothingThere_LeavesItAsItIs()
    {
        await Store.PublishAsync("a", "damaged"u8.ToArray());
        var seen = (await Store.StatAsync("a"))!.Value;
        Assert.True(await Store.ReplaceAsync("a", seen, "repaired"u8.ToArray()));
        Assert.False(await Store.ReplaceAsync("a", seen, "again"u8.ToArray()));
        Assert.Equal("repaired", await TextAsync("a"));
        await Store.DeleteAsync("a");
        Assert.False(await Store.ReplaceAsync("a", seen, "again"u8.ToArray()));
        Assert.False(await Store.ReplaceAsync("never/was/there", seen with { Key = "never/was/there" }, "again"u8.ToArray()));
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Replace_SixteenAtOnce_ExactlyOneWinsAndNothingIsEverMissing()
    {
        for (var round = 0; round < 8; round++)
        {
            var key = $"race/{round}";
            await Store.PublishAsync(key, "the damaged one"u8.ToArray());
            var seen = (await Store.StatAsync(key))!.Value;
            using var done = new CancellationTokenSource();
            var watching = Task.Run(async () =>
            {
                while (!done.IsCancellationRequested) Assert.NotNull(await Store.StatAsync(key));
            });
            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(() => Store.ReplaceAsync(key, seen, Encoding.ASCII.GetBytes($"repaired by {writer}")))));
            await done.CancelAsync();
            await watching;
            Assert.Equal($"repaired by {Assert.Single(Enumerable.Range(0, 16), writer => won[writer])}", await TextAsync(key));
        }
    }

    [Fact]
    public async Task List_MoreThanAThousandKeys_GivesEachOnceWithTheStatOfStat()
    {
        var keys = Enumerable.Range(0, 1_050).Select(n => $"many/{n % 7}/{n:D5}").ToHashSet();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, stop) =>
            Assert.True(await Store.PublishAsync(key, Encoding.ASCII.GetBytes(key), stop)));
        var found = await ListAsync("many/");
        Assert.Equal(keys.Order(StringComparer.Ordinal), found.Select(stat => stat.Key).Order(StringComparer.Ordinal));
        Assert.All(found, stat => Assert.Equal(stat.Key.Length, stat.Size));
        Assert.Equal(found[1_000], await Store.StatAsync(found[1_000].Key));
    }

    [Fact]
    public async Task List_Prefix_IsTheStartOfTheKeyAndNotAFolder()
    {
        foreach (var key in (string[])["a/b", "a/bc/d", "ab", "b/a"]) await Store.PublishAsync(key, "x"u8.ToArray());
        Assert.Equal(["a/b", "a/bc/d", "ab", "b/a"], await KeysAsync(""));
        Assert.Equal(["a/b", "a/bc/d", "ab"], await KeysAsync("a"));
        Assert.Equal(["a/b", "a/bc/d"], await KeysAsync("a/"));
        Assert.Equal(["a/b", "a/bc/d"], await KeysAsync("a/b"));
        Assert.Equal(["a/bc/d"], await KeysAsync("a/bc/"));
        Assert.Empty(await KeysAsync("c/"));
    }

    [Fact]
    public async Task Delete_Twice_IsNoError()
    {
        await Store.PublishAsync("folder/gone", "x"u8.ToArray());
        await Store.DeleteAsync("folder/gone");
        await Store.DeleteAsync("folder/gone");
        await Store.DeleteAsync("never/was/there");
        Assert.Null(await Store.StatAsync("folder/gone"));
        Assert.True(await Store.PublishAsync("folder/gone", "y"u8.ToArray()));
    }

    [Fact]
    public async Task EmptyObject_IsThereAndReadAsEmpty()
    {
        Assert.True(await Store.PublishAsync("empty", default));
        Assert.False(await Store.PublishAsync("empty", default));
        var stat = await Store.StatAsync("empty");
        Assert.Equal(0, stat!.Value.Size);
        buffer.Reset(5);
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("empty", stat, buffer, 0));
        Assert.Equal(0, buffer.Length);
        Assert.Equal("", await TextAsync("empty"));
    }

    [Theory]
    [InlineData("with space/a b.jpg")]
    [InlineData("plus+plus/a+b.jpg")]
    [InlineData("percent%20/100%.jpg")]
    [InlineData("Gesicht-ä/顔 😀.jpg")]
    [InlineData("marks/&<>'\"#?=@:;,$!*().jpg")]
    [InlineData("back\\slash/~tilde^.jpg")]
    public async Task Names_OfAnyKind_ComeBackAsTheyWere(string key)
    {
        Assert.True(await Store.PublishAsync(key, Encoding.UTF8.GetBytes(key)));
        Assert.False(await Store.PublishAsync(key, "x"u8.ToArray()));
        var stat = Assert.Single(await ListAsync(key[..4]));
        Assert.Equal(key, stat.Key);
        Assert.Equal(stat, await Store.StatAsync(key));
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync(key, stat, buffer, 1000));
        Assert.Equal(key, Encoding.UTF8.GetString(buffer.Span));
        await Store.DeleteAsync(key);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task Cancelled_EveryCallStops()
    {
        await Store.PublishAsync("there", "x"u8.ToArray());
        var stop = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PublishAsync("new", "x"u8.ToArray(), stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadAsync("there", null, buffer, 9, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadPartAsync("there", 0, new byte[1], stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadStartAsync("there", new("there", 9, "1", default), buffer, 1, stop));
        buffer.Reset(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadRestAsync("there", new("there", 9, "1", default), buffer, stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReplaceAsync("there", default, "x"u8.ToArray(), stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync("there", stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenAsync("there", stop));
        Assert.Equal(["there"], await KeysAsync(""));
    }

    [Fact]
    public async Task Probe_AGoodStore_PassesAndLeavesNothing()
    {
        var results = await StorageProbe.RunAsync(Store);
        Assert.Equal(["list", "publish", "refuse a second publish", "read back", "replace only what was seen", "delete"], results.Select(result => result.Check));
        Assert.All(results, result => Assert.True(result.Passed, result.Detail));
        Assert.Empty(await ListAsync(""));
    }

    protected async Task<string> TextAsync(string key)
    {
        await using var stream = await Store.OpenAsync(key);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    protected async Task<List<ObjectStat>> ListAsync(string prefix)
    {
        List<ObjectStat> found = [];
        await foreach (var stat in Store.ListAsync(prefix)) found.Add(stat);
        return found;
    }

    private async Task<IEnumerable<string>> KeysAsync(string prefix) => (await ListAsync(prefix)).Select(stat => stat.Key).Order(StringComparer.Ordinal);
}
