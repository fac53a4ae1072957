using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

/// <summary>Reads are bound to what was planned, listings to a prefix.</summary>
public sealed class LocalReadingTests : IDisposable
{
    private readonly TempFolder root = new();
    private readonly TempFolder elsewhere = new();
    private readonly ByteBuffer buffer = new();

    [Fact]
    public async Task Read_WhatWasPlanned_GivesTheWholeContent()
    {
        root.Write("a/b", "hello");
        var stat = (await root.Store.StatAsync("a/b"))!.Value;
        Assert.Equal(("a/b", 5), (stat.Key, stat.Size));
        Assert.Equal(ReadOutcome.Read, await ReadAsync("a/b", stat));
        Assert.Equal("hello"u8.ToArray(), buffer.Span.ToArray());
        root.Write("a/b", "");
        Assert.Equal(ReadOutcome.Read, await ReadAsync("a/b"));
        Assert.Equal(0, buffer.Length);
    }

    [Fact]
    public async Task Stat_OfARootThatIsMadeAnew_SeesWhatIsThereNow()
    {
        var store = new LocalObjectStore(StorageAddress.Parse(root.At("late")));
        Assert.Null(await store.StatAsync("a"));
        root.Write("late/a", "one");
        Assert.Equal(3, (await store.StatAsync("a"))!.Value.Size);
        Directory.Move(root.At("late"), root.At("before"));
        root.Write("late/b", "four");
        Assert.Equal(4, (await store.StatAsync("b"))!.Value.Size);
    }

    [Fact]
    public void MayHaveFolder_OnlyWhereNothingHasThatName_IsFalse()
    {
        root.Write("1/2/a", "x");
        File.CreateSymbolicLink(root.At("out"), elsewhere.Path);
        File.CreateSymbolicLink(root.At("dangling"), root.At("nothing"));
        Assert.All(["1", "1/2", "out", "1/2/a"], folder => Assert.True(root.Store.MayHaveFolder(folder)));
        Assert.All(["2", "1/3", "1/2/a/b", "dangling"], folder => Assert.False(root.Store.MayHaveFolder(folder)));
    }

    [Fact]
    public async Task Read_AnotherSizeOrTime_IsChanged()
    {
        root.Write("a", "hello");
        var stat = (await root.Store.StatAsync("a"))!.Value;
        File.SetLastWriteTimeUtc(root.At("a"), File.GetLastWriteTimeUtc(root.At("a")).AddTicks(10));
        Assert.Equal(ReadOutcome.Changed, await ReadAsync("a", stat));
        stat = (await root.Store.StatAsync("a"))!.Value;
        var time = File.GetLastWriteTimeUtc(root.At("a"));
        root.Write("a", "hello!");
        File.SetLastWriteTimeUtc(root.At("a"), time);
        Assert.Equal(ReadOutcome.Changed, await ReadAsync("a", stat));
    }

    [Fact]
    public async Task Read_MoreThanAllowed_IsTooLarge()
    {
        root.Write("a", "hello");
        Assert.Equal(ReadOutcome.TooLarge, await ReadAsync("a", most: 4));
        Assert.Equal(ReadOutcome.Read, await ReadAsync("a", most: 5));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("folder")]
    [InlineData("file/below")]
    [InlineData("../secret")]
    [InlineData("dangling")]
    [InlineData("loop")]
    [InlineData("a\0b")]
    public async Task Read_NoRegularFile_IsMissing(string key)
    {
        root.Write("folder/x", "x");
        root.Write("file", "x");
        File.CreateSymbolicLink(root.At("dangling"), root.At("nothing"));
        File.CreateSymbolicLink(root.At("loop"), root.At("loop"));
        Assert.Equal(ReadOutcome.Missing, await ReadAsync(key));
        Assert.Null(await root.Store.StatAsync(key));
        await Assert.ThrowsAsync<StorageException>(() => root.Store.OpenAsync(key));
    }

    [Fact]
    public async Task Read_AnotherThingUnderAPlannedName_IsMissing()
    {
        root.Write("a", "");
        var planned = (await root.Store.StatAsync("a"))!.Value;
        File.Delete(root.At("a"));
        Assert.Equal(ReadOutcome.Missing, await ReadAsync("a", planned));
        Directory.CreateDirectory(root.At("a"));
        Assert.Equal(ReadOutcome.Missing, await ReadAsync("a", planned));
    }

    [Fact]
    public async Task List_APrefix_GivesEveryFileBelowItAndNothingElse()
    {
        foreach (var key in (string[])["a/1", "a/b/2", "a/x.tmp", "ab/3", "c"]) root.Write(key, key);
        Directory.CreateSymbolicLink(root.At("a/up"), root.Path);
        File.CreateSymbolicLink(root.At("a/link"), root.At("c"));
        Assert.Equal(["a/1", "a/b/2", "a/link", "a/x.tmp"], await KeysAsync("a/"));
        Assert.Equal(["a/1", "a/b/2", "a/link", "a/x.tmp", "ab/3"], await KeysAsync("a"));
        Assert.Equal(["a/b/2"], await KeysAsync("a/b"));
        Assert.Equal(6, (await KeysAsync("")).Count);
        Assert.Empty(await KeysAsync("none/"));
        Assert.Empty(await KeysAsync("../"));
        Assert.Empty(await new LocalObjectStore(StorageAddress.Parse(root.At("none"))).ListAsync("").ToListAsync());
    }

    public void Dispose()
    {
        root.Dispose();
        elsewhere.Dispose();
    }

    private async Task<List<string>> KeysAsync(string prefix) =>
        [.. (await root.Store.ListAsync(prefix).ToListAsync()).Select(stat => stat.Key).Order(StringComparer.Ordinal)];

    private ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected = null, long most = 1000) => root.Store.ReadAsync(key, expected, buffer, most);
}
