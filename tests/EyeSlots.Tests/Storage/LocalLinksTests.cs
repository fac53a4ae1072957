using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

/// <summary>Links inside of the root are followed; those that lead out of it are told and refused, or followed where the user says so.</summary>
public sealed class LocalLinksTests : IDisposable
{
    private readonly TempFolder root = new();
    private readonly TempFolder elsewhere = new();
    private readonly ByteBuffer buffer = new();

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
        Assert.Equal(["a/0"], (await root.Store.ListAsync("").ToListAsync()).Select(stat => stat.Key));
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

    public void Dispose()
    {
        root.Dispose();
        elsewhere.Dispose();
    }

    private LocalObjectStore Following => new(StorageAddress.Parse(root.Path), followLinks: true);

    private ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected = null) => root.Store.ReadAsync(key, expected, buffer, 1000);
}
