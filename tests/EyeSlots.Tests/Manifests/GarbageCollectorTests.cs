using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Manifests;

/// <summary>What gc takes for garbage, and what it never touches.</summary>
public sealed class GarbageCollectorTests : IDisposable
{
    private const long Memory = 512L << 20;
    private readonly Dataset dataset = new();
    private readonly SetTime time = new(DateTimeOffset.UtcNow.AddHours(1));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(5, 0)]
    public async Task Collect_OldGenerations_KeepsTheLast(int keep, int gone)
    {
        await GenerationsAsync("a", 1, 2, 3, 4);
        gone = Math.Max(0, 4 - keep);
        var report = await CollectAsync(keep: keep);
        Assert.Equal(3 * gone, report.Files.Count);
        Assert.Equal(report.Files.Order(StringComparer.Ordinal), report.Files);
        Assert.Equal(Enumerable.Range(1, 4).Skip(gone), await dataset.Manifests.GenerationsAsync("a"));
        foreach (var generation in await dataset.Manifests.GenerationsAsync("a"))
        {
            var manifest = await dataset.Manifests.LoadAsync("a", generation);
            Assert.Empty(await new DatasetVerifier(dataset.Root.Store, (_, _) => true).VerifyAsync(manifest, null, CancellationToken.None));
        }

        Assert.Empty((await CollectAsync(keep: keep)).Files);
    }

    [Fact]
    public async Task Collect_WithoutDelete_OnlyLists()
    {
        await GenerationsAsync("a", 1, 2);
        var before = dataset.Root.Files();
        var report = await CollectAsync(delete: false);
        Assert.Equal((3, false), (report.Files.Count, report.Deleted));
        Assert.Equal(report.Files.Sum(key => before[key].Length), report.Bytes);
        Assert.Equal(before, dataset.Root.Files());
    }

    [Fact]
    public async Task Collect_YoungFiles_Stay()
    {
        await GenerationsAsync("a", 1, 2);
        dataset.Root.Write("shards/1-2-3.tmp", "x");
        Assert.Empty((await CollectAsync(grace: TimeSpan.FromHours(2))).Files);
        File.SetLastWriteTimeUtc(dataset.Root.At("shards/1-2-3.tmp"), time.Now.UtcDateTime.AddHours(-3));
        Assert.Equal(["shards/1-2-3.tmp"], (await CollectAsync(grace: TimeSpan.FromHours(2))).Files);
    }

    [Fact]
    public async Task Collect_WhatARunningJobNames_Stays()
    {
        var shard = await dataset.PublishAsync(1);
        var underMemory = await dataset.PublishAsync(SliceHeader.NameUnder(shard.Fingerprint, Memory), 7);
        var underAnother = await dataset.PublishAsync(SliceHeader.NameUnder(shard.Fingerprint, 2 * Memory), 7);
        await using (await OpenAsync("a", shard.Fingerprint))
        {
            Assert.Equal(FilesOf(underAnother), (await CollectAsync()).Files);
        }

        Assert.Equal(FilesOf(shard, underMemory), (await CollectAsync()).Files);
    }

    [Fact]
    public async Task Collect_SlicesOfARun_StayAsLongAsItsPlan()
    {
        dataset.Root.Write("plans/20261125T193000Z-0123456789abcdef.0.slices", "x");
        await using (var run = await OpenAsync("a"))
        {
            var key = await run.LayAsync(new byte[1], CancellationToken.None);
            Assert.Equal(["plans/20261125T193000Z-0123456789abcdef.0.slices"], (await CollectAsync()).Files);
            Assert.Equal([key, $"plans/{run.Name}.json"], dataset.Root.Files().Keys);
            File.Delete(dataset.Root.At($"plans/{run.Name}.json"));
            Assert.Equal([key], (await CollectAsync()).Files);
        }

        Assert.Empty(dataset.Root.Files());
    }

    [Fact]
    public async Task Collect_APlanThatANewerGenerationHasOutdated_ProtectsNothing()
    {
        var (named, other) = (await dataset.PublishAsync(1), await dataset.PublishAsync(2));
        await using var run = await OpenAsync("a", named.Fingerprint);
        await dataset.CommitAsync("a", 0, other);
        Assert.Equal([$"plans/{run.Name}.json", .. FilesOf(named)], (await CollectAsync(delete: false)).Files);
        await using var later = await OpenAsync("a", named.Fingerprint);
        Assert.Equal([$"plans/{run.Name}.json"], (await CollectAsync(delete: false)).Files);
    }

    [Fact]
    public async Task Collect_APlanOlderThanAWeek_IsIgnoredAndRemoved()
    {
        var shard = await dataset.PublishAsync(1);
        await using var run = await OpenAsync("a", shard.Fingerprint);
        File.SetLastWriteTimeUtc(dataset.Root.At($"plans/{run.Name}.json"), time.Now.UtcDateTime.AddDays(-8));
        Assert.Equal([$"plans/{run.Name}.json", .. FilesOf(shard)], (await CollectAsync()).Files);
        Assert.Empty(dataset.Root.Files());
    }

    [Fact]
    public async Task Collect_OfAnOldGeneration_LeavesItsNumberTaken()
    {
        await GenerationsAsync("a", 1, 2);
        await CollectAsync();
        Assert.Empty(dataset.Root.Files()["manifests/a/00000001.json"]);
        Assert.Equal(ErrorCodes.DatasetDamaged, (await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.Manifests.LoadAsync("a", 1))).Code);
        var late = await Assert.ThrowsAsync<EyeSlotsException>(() => dataset.CommitAsync(Dataset.Candidate("a", [Dataset.Named(3)]), 0));
        Assert.Equal(ErrorCodes.Superseded, late.Code);
    }

    [Fact]
    public async Task Collect_AMarkOfAnotherCollection_StaysForAnHourWhateverTheGrace()
    {
        const string mark = "plans/20261125T193000Z-0123456789abcdef.gc";
        dataset.Root.Write(mark, "");
        File.SetLastWriteTimeUtc(dataset.Root.At(mark), time.Now.UtcDateTime.AddMinutes(-59));
        Assert.Empty((await CollectAsync()).Files);
        File.SetLastWriteTimeUtc(dataset.Root.At(mark), time.Now.UtcDateTime.AddMinutes(-61));
        Assert.Equal([mark], (await CollectAsync()).Files);
        Assert.Empty(dataset.Root.Files());
    }

    [Fact]
    public async Task Collect_BesideAnotherDataset_KeepsWhatEitherNeeds()
    {
        await GenerationsAsync("a", 1, 2);
        var (shared, own) = (await dataset.PublishAsync(1), await dataset.PublishAsync(9));
        await dataset.CommitAsync("b", 0, shared, own);
        Assert.Equal(["manifests/a/00000001.json"], (await CollectAsync()).Files);
    }

    [Fact]
    public async Task Collect_FilesOfOthers_AreLeftAlone()
    {
        await GenerationsAsync("a", 1, 2);
        string[] others =
        [
            "shards/readme.txt", "quarantine/x.csv", "models/m.parquet", "x.tmp", "shards/mine/1.tmp", "shards/mine.parquet", $"shards/mine/{Dataset.Fingerprint(5)}.parquet",
            "manifests/a/notes.json", "manifests/a/1.json", "manifests/a/000000001.json", "manifests/a/00000000.json", "manifests/a/bad/00000012.json", "manifests/00000003.json",
            "plans/readme.md", "plans/.slices", "plans/x.slices", "plans/notes.json", "plans/old/20261125T193000Z-0123456789abcdef.json", "plans/20261125T193000Z-0123456789abcdef.x.slices",
        ];
        foreach (var key in others) dataset.Root.Write(key, "x");
        Directory.CreateDirectory(dataset.Root.At("plans/20261125T193000Z-0123456789abcdef.json"));
        foreach (var key in (string[])["shards/1.tmp", "quarantine/2.tmp", "manifests/a/3.tmp", "plans/4.tmp"]) dataset.Root.Write(key, "x");
        Assert.Equal(
            ["manifests/a/00000001.json", "manifests/a/3.tmp", "plans/4.tmp", $"quarantine/{Dataset.Fingerprint(1)}.parquet", "quarantine/2.tmp", $"shards/{Dataset.Fingerprint(1)}.parquet", "shards/1.tmp"],
            (await CollectAsync()).Files);
        Assert.All(others, key => Assert.True(File.Exists(dataset.Root.At(key)), key));
    }

    [Theory]
    [InlineData("plans/20261125T193000Z-0123456789abcdef.json")]
    [InlineData("manifests/a/00000001.json")]
    public async Task Collect_WhatItCannotUnderstand_DeletesNothing(string key)
    {
        await dataset.PublishAsync(1);
        dataset.Root.Write(key, "{");
        Assert.Equal(ErrorCodes.DatasetDamaged, (await Assert.ThrowsAsync<EyeSlotsException>(() => CollectAsync())).Code);
        Assert.Equal(3, dataset.Root.Files().Count);
    }

    [Fact]
    public async Task Collect_AnEmptyRoot_FindsNothing() => Assert.Empty((await CollectAsync()).Files);

    public void Dispose() => dataset.Dispose();

    private async Task GenerationsAsync(string name, params int[] shards)
    {
        for (var at = 0; at < shards.Length; at++) await dataset.CommitAsync(name, at, await dataset.PublishAsync(shards[at]));
    }

    private async Task<DatasetRun> OpenAsync(string name, params string[] fingerprints)
    {
        var there = await DatasetContents.ReadAsync(dataset.Root.Store, name, CancellationToken.None);
        var run = DatasetRun.Open(
            dataset.Root.Store, name, [.. fingerprints.Select((fingerprint, at) => new SliceHeader(at, "list1", fingerprint, 10))], there, Memory, TimeProvider.System,
            NullLogger.Instance, CancellationToken.None);
        await run.MayPublish;
        return run;
    }

    private static string[] FilesOf(params ShardResult[] shards) => [.. shards
        .SelectMany(shard => new[] { ShardLayout.QuarantineKey(shard.Fingerprint), ShardLayout.ShardKey(shard.Fingerprint) }).Order(StringComparer.Ordinal)];

    private Task<GarbageReport> CollectAsync(int keep = 1, TimeSpan grace = default, bool delete = true) =>
        new GarbageCollector(dataset.Root.Store, time).CollectAsync(keep, grace, delete, CancellationToken.None);
}
