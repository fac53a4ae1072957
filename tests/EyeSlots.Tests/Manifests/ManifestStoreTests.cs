using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

/// <summary>Generations: committed one after the other, once.</summary>
public sealed class ManifestStoreTests : IDisposable
{
    private readonly Dataset dataset = new();

    [Fact]
    public async Task Commit_OneAfterTheOther_CountsGenerations()
    {
        Assert.Null(await dataset.Manifests.LatestAsync("a"));
        for (var number = 1; number <= 3; number++)
        {
            var commit = await dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(number)]), number - 1);
            Assert.Equal(new(number, true), commit);
        }

        Assert.Equal(["manifests/a/00000001.json", "manifests/a/00000002.json", "manifests/a/00000003.json"], dataset.Root.Files().Keys);
        Assert.Equal([1, 2, 3], await dataset.Manifests.GenerationsAsync("a"));
        Assert.Equal(Dataset.Fingerprint(3), (await dataset.Manifests.LatestAsync("a"))!.Content.Shards[0].Fingerprint);
        Assert.Equal(Dataset.Fingerprint(2), (await dataset.Manifests.LoadAsync("a", 2)).Content.Shards[0].Fingerprint);
    }

    [Fact]
    public async Task Commit_NobodyElse_TakesOneCallAndEqualContentAListing()
    {
        var counted = new Counted(dataset.Root.Store);
        var first = await dataset.CommitAsync("a", 0, Dataset.Named(1));
        Assert.Equal(new(2, true), await new ManifestStore(counted).CommitAsync(Dataset.Candidate("a", [Dataset.Named(2)]), first));
        Assert.Equal((0, 0), (counted.Lists, counted.Reads));
        var second = await dataset.Manifests.LoadAsync("a", 2);
        Assert.Equal(new(2, false), await new ManifestStore(counted).CommitAsync(Dataset.Candidate("a", [Dataset.Named(2)]), second));
        Assert.Equal((1, 0), (counted.Lists, counted.Reads));
    }

    [Fact]
    public async Task Commit_EqualContent_IsNotWrittenAgain()
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1, rejected: 3));
        var before = dataset.Root.Files();
        var commit = await dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(1, rejected: 3)], made: 7), 1);
        Assert.Equal(new(1, false), commit);
        Assert.Equal(before, dataset.Root.Files());
    }

    [Fact]
    public async Task Commit_AfterAnotherRun_IsSupersededOrTheSame()
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        await dataset.CommitAsync("a", 1, Dataset.Named(2));
        Assert.Equal(new(2, false), await dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(2)]), 1));
        foreach (var shard in (int[])[1, 3])
        {
            var error = await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(shard)]), 1));
            Assert.Equal((ErrorCodes.Superseded, 1), (error.Code, error.ExitCode));
        }

        Assert.Equal([1, 2], await dataset.Manifests.GenerationsAsync("a"));
    }

    [Fact]
    public async Task Load_WhatIsNotThere_SaysWhatIs()
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        await dataset.CommitAsync("b", 0, Dataset.Named(1));
        Assert.Equal(["a", "b"], await dataset.Manifests.DatasetsAsync());
        foreach (var (name, generation) in ((string, int?)[])[("c", null), ("a", 2)])
        {
            var error = await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.Manifests.LoadAsync(name, generation));
            Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
            Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_BesideOtherFiles_SeesGenerationsAlone()
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        foreach (var key in (string[])["00000002.json.tmp", "12-3-abc.tmp", "2.json", "notes.txt", "0000000x.json"]) dataset.Root.Write("manifests/a/" + key, "x");
        Assert.Equal([1], await dataset.Manifests.GenerationsAsync("a"));
        Assert.Equal(1, (await dataset.Manifests.LatestAsync("a"))!.Generation);
    }

    /// <summary>A manifest moved there by hand once kept every command looking for it for ever.</summary>
    [Theory]
    [InlineData("manifests/a/bad/00000012.json")]
    [InlineData("manifests/a/00000012.json/00000012.json")]
    [InlineData("manifests/00000012.json")]
    [InlineData("manifests/a/0000000012.json")]
    [InlineData("manifests/a/00000000.json")]
    public async Task Latest_BesideAManifestWhereItDoesNotBelong_PassesItOver(string key)
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        dataset.Root.Write(key, dataset.Root.Files()["manifests/a/00000001.json"]);
        Assert.Equal(1, (await dataset.Manifests.LatestAsync("a"))!.Generation);
        Assert.Equal(["a"], await dataset.Manifests.DatasetsAsync());
        Assert.Equal(new(2, true), await dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(2)]), 1));
    }

    [Fact]
    public async Task Latest_OfWhatIsListedButNeverThere_EndsWithAnError()
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => new ManifestStore(new Unreadable(dataset.Root.Store)).LatestAsync("a"));
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        Assert.Contains("manifests/a/00000001.json is listed and cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_WhereSomethingElseHasTheName_EndsWithAnError(bool folder)
    {
        await dataset.CommitAsync("a", 0, Dataset.Named(1));
        if (folder) Directory.CreateDirectory(dataset.Root.At("manifests/a/00000002.json"));
        else dataset.Root.Write("manifests/a/00000002.json", "");
        var error = await Assert.ThrowsAnyAsync<EyeSlotsException>(() => dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(2)]), 1));
        Assert.Contains("manifests/a/00000002.json is", error.Message, StringComparison.Ordinal);
        Assert.Contains("move it away", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"dataset\":\"a\",\"generation\":1,\"content\":null,\"run\":null}")]
    [InlineData("{\"dataset\":\"a\",\"generation\":1,\"content\":{\"parameters\":{},\"totals\":null,\"shards\":[null]},\"run\":null}")]
    public async Task Load_WhatIsNoManifest_IsDatasetDamaged(string text)
    {
        dataset.Root.Write("manifests/a/00000001.json", text);
        Assert.Equal(ErrorCodes.DatasetDamaged, (await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.Manifests.LoadAsync("a", null))).Code);
    }

    [Fact]
    public async Task Load_AManifestBehindALinkOutOfTheRoot_IsDatasetDamaged()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Write("x.json", "{}");
        dataset.Root.Write("manifests/a/readme", "");
        File.CreateSymbolicLink(dataset.Root.At("manifests/a/00000001.json"), elsewhere.At("x.json"));
        Assert.Equal(ErrorCodes.DatasetDamaged, (await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.Manifests.LatestAsync("a"))).Code);
    }

    public void Dispose() => dataset.Dispose();

    private sealed class Unreadable(IObjectStore inner) : WrappedStore(inner)
    {
        public override ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default) => new(ReadOutcome.Missing);
    }

    private sealed class Counted(IObjectStore inner) : WrappedStore(inner)
    {
        public int Lists { get; private set; }

        public int Reads { get; private set; }

        public override IAsyncEnumerable<ObjectStat> ListAsync(string prefix, CancellationToken cancellation = default)
        {
            Lists++;
            return base.ListAsync(prefix, cancellation);
        }

        public override ValueTask<ReadOutcome> ReadAsync(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            Reads++;
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
