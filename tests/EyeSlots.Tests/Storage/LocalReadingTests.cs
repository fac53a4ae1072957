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
    public async Task Stat_ALink_SaysWhetherItLeavesTheRoot()
    {
        elsewhere.Write("secret", "x");
        root.Write("a/b", "hello");
        File.CreateSymbolicLink(root.At("out"), elsewhere.At("secret"));
        Directory.CreateSymbolicLink(root.At("folder"), elsewhere.Path);
        File.CreateSymbolicLink(root.At("within"), "a/b");
        File.CreateSymbolicLink(root.At("absolute"), root.At("a/b"));
        foreach (var (key, leaves) in ((string, bool)[])[("a/b", false), ("within", false), ("absolute", false), ("out", true), ("folder/secret", true)])
        {
            Assert.Equal((key, leaves), (key, (await root.Store.StatAsync(key))!.Value.LeavesRoot));
            Assert.False((await Following.StatAsync(key))!.Value.LeavesRoot);
            Assert.Equal(ReadOutcome.Read, await Following.ReadAsync(key, await Following.StatAsync(key), buffer, 100));
        }
    }

    [Fact]
    public async Task List_WithLinksFollowed_EntersThemAndNeverSpins()
    {
        foreach (var key in (string[])["b/1", "c/2"]) elsewhere.Write(key, key);
        root.Write("a/0", "x");
        Directory.CreateSymbolicLink(root.At("a/up"), root.Path);
        Directory.CreateSymbolicLink(root.At("a/self"), root.At("a/self"));
        Directory.CreateSymbolicLink(root.At("out"), elsewhere.Path);
        Directory.CreateSymbolicLink(elsewhere.At("b/back"), root.At("a"));
        Directory.CreateSymbolicLink(elsewhere.At("c/around"), elsewhere.At("b"));
        Assert.Equal(["a/0"], await KeysAsync(""));
        var followed = (await Following.ListAsync("").ToListAsync()).Select(stat => stat.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["a/0", "out/b/1", "out/b/back/0", "out/c/2", "out/c/around/1", "out/c/around/back/0"], followed);
        Assert.Equal(
            ["out/c/2", "out/c/around/1", "out/c/around/back/0"],
            (await Following.ListAsync("out/c").ToListAsync()).Select(stat => stat.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FindLinkOut_AnywhereBelowAFolder_NamesItOnlyWhereItIsRefused()
    {
        root.Write("a/b/0", "x");
        File.CreateSymbolicLink(root.At("a/within"), "b/0");
        Directory.CreateSymbolicLink(root.At("a/loop"), root.Path);
        Assert.Null(await root.Store.FindLinkOutAsync(""));
        elsewhere.Write("secret", "x");
        File.CreateSymbolicLink(root.At("a/b/out"), elsewhere.At("secret"));
        Assert.Equal("a/b/out", await root.Store.FindLinkOutAsync(""));
        Directory.CreateSymbolicLink(root.At("images"), elsewhere.Path);
        Assert.Equal("images", await root.Store.FindLinkOutAsync("images/"));
        Assert.Null(await root.Store.FindLinkOutAsync("none/"));
        Assert.Null(await Following.FindLinkOutAsync(""));
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

    private LocalObjectStore Following => new(StorageAddress.Parse(root.Path), followLinks: true);

    private async Task<List<string>> KeysAsync(string prefix) =>
        [.. (await root.Store.ListAsync(prefix).ToListAsync()).Select(stat => stat.Key).Order(StringComparer.Ordinal)];

    private ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected = null, long most = 1000) => root.Store.ReadAsync(key, expected, buffer, most);
}
