using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Storage;

/// <summary>A file is published once, whole, and only if it is absent.</summary>
public sealed class LocalPublicationTests : IDisposable
{
    private readonly TempFolder root = new();

    [Fact]
    public async Task Publish_AnAbsentKey_MakesItsFolders()
    {
        var below = new LocalObjectStore(StorageAddress.Parse(root.At("new/root")));
        Assert.True(await below.PublishAsync("a/b/c.txt", "hello"u8.ToArray()));
        Assert.True(await below.PublishAsync("empty", Array.Empty<byte>()));
        Assert.Equal(["new/root/a/b/c.txt", "new/root/empty"], root.Files().Keys);
        Assert.Equal("hello"u8.ToArray(), root.Files()["new/root/a/b/c.txt"]);
    }

    [Fact]
    public async Task Publish_AKeyThatIsThere_LeavesIt()
    {
        Assert.True(await root.Store.PublishAsync("a", "first"u8.ToArray()));
        Assert.False(await root.Store.PublishAsync("a", "second"u8.ToArray()));
        Assert.Equal("first"u8.ToArray(), Assert.Single(root.Files()).Value);
    }

    [Fact]
    public async Task Publish_ManyTogether_HasOneWinnerWhoseFileIsWhole()
    {
        for (var race = 0; race < LongRun.Count(30, 1_000); race++)
        {
            using var gun = new Barrier(4);
            var key = $"{race}/file";
            var won = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Factory.StartNew(
                () =>
                {
                    gun.SignalAndWait();
                    return root.Store.PublishAsync(key, Enumerable.Repeat((byte)writer, 100_000).ToArray()).GetAwaiter().GetResult();
                },
                TaskCreationOptions.LongRunning)));
            var winner = Array.IndexOf(won, true);
            Assert.Single(won, true);
            Assert.Equal(Enumerable.Repeat((byte)winner, 100_000), root.Files($"{race}").Single().Value);
        }
    }

    [Fact]
    public async Task Publish_WhileTemporaryFilesAreTakenAway_StillPublishes()
    {
        using var stop = new CancellationTokenSource();
        Directory.CreateDirectory(root.At("shards"));
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var file in Directory.EnumerateFiles(root.At("shards"), "*.tmp")) File.Delete(file);
                Thread.Sleep(2);
            }
        });
        for (var at = 0; at < LongRun.Count(100, 2_000); at++) Assert.True(await root.Store.PublishAsync($"shards/{at}", new byte[200_000]));
        await stop.CancelAsync();
        await collector;
        Assert.All(root.Files().Values, file => Assert.Equal(200_000, file.Length));
    }

    [Fact]
    public async Task Delete_TheTemporaryFileOfALivingWriter_LeavesIt()
    {
        var store = root.Store;
        await store.PublishAsync("shards/first", new byte[1]);
        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                foreach (var file in Directory.EnumerateFiles(root.At("shards"), "*.tmp"))
                    store.DeleteAsync($"shards/{Path.GetFileName(file)}").GetAwaiter().GetResult();
            }
        });
        for (var at = 0; at < LongRun.Count(200, 5_000); at++) Assert.True(await store.PublishAsync($"shards/{at}", new byte[500_000]));
        await stop.CancelAsync();
        await collector;

        root.Write("shards/killed.tmp", "no process holds it");
        await store.DeleteAsync("shards/killed.tmp");
        Assert.DoesNotContain(root.Files().Keys, key => key.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("/a")]
    [InlineData("")]
    [InlineData("a//b")]
    public async Task Publish_AKeyThatLeadsElsewhere_IsRefused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => root.Store.PublishAsync(key, new byte[1]));
        await Assert.ThrowsAsync<ArgumentException>(() => root.Store.DeleteAsync(key));
    }

    [Fact]
    public async Task Publish_ThroughALinkOutOfTheRoot_IsRefused()
    {
        using var elsewhere = new TempFolder();
        Directory.CreateSymbolicLink(root.At("shards"), elsewhere.Path);
        await Assert.ThrowsAsync<StorageException>(() => root.Store.PublishAsync("shards/a", new byte[1]));
        elsewhere.Write("b", "x");
        await Assert.ThrowsAsync<StorageException>(() => root.Store.DeleteAsync("shards/b"));
        Assert.Equal(["b"], elsewhere.Files().Keys);
    }

    [Fact]
    public async Task Publish_BelowAFile_IsStorageFailed()
    {
        root.Write("shards", "a file");
        var error = await Assert.ThrowsAsync<StorageException>(() => root.Store.PublishAsync("shards/a", new byte[1]));
        Assert.Contains("a part of the path is a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_AnyKey_NeverMindsItsAbsence()
    {
        root.Write("a/b", "x");
        await root.Store.DeleteAsync("a/b");
        await root.Store.DeleteAsync("a/b");
        await root.Store.DeleteAsync("none/b");
        Assert.Empty(root.Files());
    }

    public void Dispose() => root.Dispose();
}
