using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

/// <summary>Reads are bound to what was planned and to the root.</summary>
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
    public async Task Read_ALinkOutOfTheRoot_IsOutsideRoot()
    {
        elsewhere.Write("secret", "x");
        File.CreateSymbolicLink(root.At("link"), elsewhere.At("secret"));
        Directory.CreateSymbolicLink(root.At("folder"), elsewhere.Path);
        Assert.Equal(ReadOutcome.OutsideRoot, await ReadAsync("link"));
        Assert.Equal(ReadOutcome.OutsideRoot, await ReadAsync("folder/secret"));
    }

    [Fact]
    public async Task Read_APlannedFile_IsStillBoundToTheRootWhateverTheLinks()
    {
        elsewhere.Write("secret", "x");
        root.Write("a/b", "hello");
        File.CreateSymbolicLink(root.At("out"), elsewhere.At("secret"));
        File.CreateSymbolicLink(root.At("up"), "../" + Path.GetFileName(elsewhere.Path) + "/secret");
        File.CreateSymbolicLink(root.At("within"), "a/b");
        File.CreateSymbolicLink(root.At("absolute"), root.At("a/b"));
        foreach (var (key, outcome) in ((string, ReadOutcome)[])[
            ("out", ReadOutcome.OutsideRoot), ("up", ReadOutcome.OutsideRoot), ("within", ReadOutcome.Read), ("absolute", ReadOutcome.Read)])
        {
            var planned = (await root.Store.StatAsync(key))!.Value;
            Assert.Equal((key, outcome), (key, await ReadAsync(key, planned)));
        }
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
    public async Task Read_ALinkInsideTheRootOrToIt_IsFollowed()
    {
        root.Write("a", "hello");
        File.CreateSymbolicLink(root.At("link"), root.At("a"));
        Directory.CreateSymbolicLink(elsewhere.At("root"), root.Path);
        Assert.Equal(ReadOutcome.Read, await ReadAsync("link"));
        var linked = new LocalObjectStore(StorageAddress.Parse(elsewhere.At("root")));
        Assert.Equal(ReadOutcome.Read, await linked.ReadAsync("link", null, buffer, 100));
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
