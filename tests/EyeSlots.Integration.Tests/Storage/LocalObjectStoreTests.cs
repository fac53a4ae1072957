using System.Diagnostics;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Storage;

public sealed class LocalObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("eyeslots-local-").FullName;
    private readonly ByteBuffer buffer = new();

    public LocalObjectStoreTests() => Store = new LocalObjectStore(StorageAddress.Parse(Path.Combine(home, "root")));

    protected override IObjectStore Store { get; }

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task Read_LinkOutOfTheRoot_IsOutsideAndALinkWithinIsRead()
    {
        await Store.PublishAsync("real/a", "inside"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(home, "beside"));
        await File.WriteAllTextAsync(Path.Combine(home, "beside", "secret"), "outside");
        File.CreateSymbolicLink(Path.Combine(Store.Address.Path, "file-out"), Path.Combine(home, "beside", "secret"));
        Directory.CreateSymbolicLink(Path.Combine(Store.Address.Path, "folder-out"), Path.Combine(home, "beside"));
        File.CreateSymbolicLink(Path.Combine(Store.Address.Path, "file-in"), "real/a");
        Assert.Equal(ReadOutcome.OutsideRoot, await Store.ReadAsync("file-out", null, buffer, 100));
        Assert.Equal(ReadOutcome.OutsideRoot, await Store.ReadAsync("folder-out/secret", null, buffer, 100));
        Assert.Equal(ReadOutcome.Read, await Store.ReadAsync("file-in", null, buffer, 100));
        await Assert.ThrowsAsync<StorageException>(() => Store.PublishAsync("folder-out/new", "x"u8.ToArray()));
        Assert.Equal(["secret"], Directory.GetFiles(Path.Combine(home, "beside")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Read_PipeFolderOrEndlessLink_IsMissingAndDoesNotWait()
    {
        await Store.PublishAsync("folder/a", "x"u8.ToArray());
        using (var make = Process.Start("mkfifo", [Path.Combine(Store.Address.Path, "pipe")])) await make.WaitForExitAsync();
        File.CreateSymbolicLink(Path.Combine(Store.Address.Path, "loop"), "loop");
        foreach (var key in (string[])["pipe", "folder", "loop"])
        {
            var reading = Task.Run(async () => await Store.ReadAsync(key, null, buffer, 100));
            Assert.Equal(ReadOutcome.Missing, await reading.WaitAsync(TimeSpan.FromSeconds(10)));
            Assert.Null(await Store.StatAsync(key));
        }

        Assert.Equal("folder/a", Assert.Single(await ListAsync("")).Key);
    }

    [Fact]
    public async Task Publish_WhereAFileStandsInTheWay_SaysSo()
    {
        await Store.PublishAsync("shards", "a file"u8.ToArray());
        var error = await Assert.ThrowsAsync<StorageException>(() => Store.PublishAsync("shards/a", "x"u8.ToArray()));
        Assert.Contains("a part of the path is a file", error.Message);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("link")]
    [InlineData("loop")]
    public async Task Publish_WhereAFolderOrALinkToNothingHasTheName_SaysSoInsteadOfLosingForEver(string what)
    {
        await Store.PublishAsync("shards/other", "x"u8.ToArray());
        var path = Path.Combine(Store.Address.Path, "shards", "a");
        if (what == "folder") Directory.CreateDirectory(path);
        else File.CreateSymbolicLink(path, what == "link" ? "nothing" : "a");
        var error = await Assert.ThrowsAsync<StorageException>(() => Store.PublishAsync("shards/a", "x"u8.ToArray()));
        Assert.Contains("shards/a is a folder, or a link to nothing", error.Message);
    }

    [Fact]
    public async Task Publish_WhereNothingCanBeWritten_NamesThePlaceInOneLine()
    {
        var store = new LocalObjectStore(StorageAddress.Parse("/proc/eyeslots"));
        var error = await Assert.ThrowsAsync<StorageException>(() => store.PublishAsync("shards/a", "x"u8.ToArray()));
        Assert.Contains("/proc", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Publish_LeavesNoTemporaryFileWhoeverWins()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(n => Task.Run(() => Store.PublishAsync($"a/{n % 2}", new byte[n]))));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Store.Address.Path, "a")).Length);
    }

    [Fact]
    public async Task Publish_ByManyWhereTheRootIsNotThereYet_MakesItOnce()
    {
        for (var round = 0; round < 200; round++)
        {
            var root = StorageAddress.Parse(Path.Combine(Store.Address.Path, $"new-{round}", "root"));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => new LocalObjectStore(root).PublishAsync($"a/{n}", new byte[n]))));
            Assert.Equal(8, Directory.GetFiles(Path.Combine(root.Path, "a")).Length);
        }
    }
}
