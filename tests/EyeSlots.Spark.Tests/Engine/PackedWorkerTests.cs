using System.Formats.Tar;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Engine;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The worker as one file on this machine and as several on its way.</summary>
public sealed class PackedWorkerTests : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task FilesAsync_OfAnArchive_AreWholeAndInItsOrder()
    {
        byte[] large = [.. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i % 251))];
        await PackAsync(("b", large), ("a", []), ("worker", [1, 2, 3]));
        var files = await ReadAsync();
        Assert.Equal(["b", "a", "worker"], files.Select(file => file.Name));
        Assert.Equal(large, files[0].Content);
        Assert.Empty(files[1].Content);
        Assert.Equal([1, 2, 3], files[2].Content);
    }

    [Fact]
    public async Task FilesAsync_OfTheLibrary_AreItsParts_AndTheProgramIsTheRest()
    {
        await PackAsync(("lib.so.ab.0of2.br", [1]), ("lib.so.ab.1of2.br", [2]), ("other.so", [3]), ("worker", [4]));
        Assert.Equal(["other.so", "worker"], (await ReadAsync(IsProgram)).Select(file => file.Name));
        Assert.Equal(["lib.so.ab.0of2.br", "lib.so.ab.1of2.br"], (await ReadAsync(name => !IsProgram(name))).Select(file => file.Name));
        await using var worker = PackedWorker.Open(scratch["worker.tar"]);
        Assert.Equal("lib.so.ab", worker.Library);
    }

    [Fact]
    public void Open_WithoutAFile_SaysWhatBuildsIt()
    {
        var error = Assert.Throws<EyeSlotsException>(() => PackedWorker.Open(scratch["worker.tar"]));
        Assert.Equal(ErrorCodes.SparkFailed, error.Code);
        Assert.Contains("'./eyeslots' builds it", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(10)]
    public async Task FilesAsync_OfSomethingElse_SaysThatItCannotBeRead(int bytes)
    {
        await File.WriteAllBytesAsync(scratch["worker.tar"], [.. Enumerable.Repeat((byte)0x1F, bytes)], TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => ReadAsync());
        Assert.Equal(ErrorCodes.SparkFailed, error.Code);
        Assert.Contains("The packed worker cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => scratch.Dispose();

    private static bool IsProgram(string name) => LibraryParts.LibraryOf(name) is null;

    private async Task PackAsync(params (string Name, byte[] Content)[] files)
    {
        await using var tar = new TarWriter(File.Create(scratch["worker.tar"]), TarEntryFormat.Ustar);
        foreach (var (name, content) in files)
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) }, TestContext.Current.CancellationToken);
    }

    private async Task<List<(string Name, byte[] Content)>> ReadAsync(Func<string, bool>? isWanted = null)
    {
        await using var worker = PackedWorker.Open(scratch["worker.tar"]);
        return await worker.FilesAsync(isWanted ?? (_ => true), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
