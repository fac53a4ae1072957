using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

/// <summary>What gc takes for garbage, and what it never touches.</summary>
public sealed class GarbageCollectorTests : IDisposable
{
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
        await RunPlanFile.WriteAsync(dataset.Root.Store, "run", "a", 0, [shard.Fingerprint], CancellationToken.None);
        Assert.Empty((await CollectAsync()).Files);
        await RunPlanFile.RemoveAsync(dataset.Root.Store, "run");
        Assert.Equal([ShardLayout.QuarantineKey(shard.Fingerprint), ShardLayout.ShardKey(shard.Fingerprint)], (await CollectAsync()).Files);
    }

    [Fact]
    public async Task Collect_SlicesOfARun_StayAsLongAsItsPlan()
    {
        foreach (var run in (string[])["20261125T193000Z-1", "20261125T193000Z-10"]) dataset.Root.Write(RunPlanFile.SlicesKey(run, 0), "x");
        await RunPlanFile.WriteAsync(dataset.Root.Store, "20261125T193000Z-1", "a", 0, [], CancellationToken.None);
        Assert.Equal(["plans/20261125T193000Z-10.0.slices"], (await CollectAsync()).Files);
        await RunPlanFile.RemoveAsync(dataset.Root.Store, "20261125T193000Z-1");
        Assert.Equal(["plans/20261125T193000Z-1.0.slices"], (await CollectAsync()).Files);
        Assert.Empty(dataset.Root.Files());
    }

    [Fact]
    public async Task Collect_APlanThatANewerGenerationHasOutdated_ProtectsNothing()
    {
        var (named, other) = (await dataset.PublishAsync(1), await dataset.PublishAsync(2));
        await RunPlanFile.WriteAsync(dataset.Root.Store, "run", "a", 0, [named.Fingerprint], CancellationToken.None);
        await dataset.CommitAsync("a", 0, other);
        Assert.Equal(["plans/run.json", ShardLayout.QuarantineKey(named.Fingerprint), ShardLayout.ShardKey(named.Fingerprint)], (await CollectAsync(delete: false)).Files);
        await RunPlanFile.WriteAsync(dataset.Root.Store, "later", "a", 1, [named.Fingerprint], CancellationToken.None);
        Assert.Equal(["plans/run.json"], (await CollectAsync(delete: false)).Files);
    }

    [Fact]
    public async Task Collect_APlanOlderThanAWeek_IsIgnoredAndRemoved()
    {
        var shard = await dataset.PublishAsync(1);
        await RunPlanFile.WriteAsync(dataset.Root.Store, "run", "a", 0, [shard.Fingerprint], CancellationToken.None);
        File.SetLastWriteTimeUtc(dataset.Root.At("plans/run.json"), time.Now.UtcDateTime.AddDays(-8));
        Assert.Equal(["plans/run.json", ShardLayout.QuarantineKey(shard.Fingerprint), ShardLayout.ShardKey(shard.Fingerprint)], (await CollectAsync()).Files);
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
        await GenerationsAsync("a", 1);
        string[] others = ["shards/readme.txt", "manifests/a/notes.json", "quarantine/x.csv", "models/m.parquet", "x.tmp", "plans/readme.md", "plans/.slices", "plans/x.slices"];
        foreach (var key in others) dataset.Root.Write(key, "x");
        foreach (var key in (string[])["shards/1.tmp", "quarantine/2.tmp", "manifests/a/3.tmp", "plans/4.tmp"]) dataset.Root.Write(key, "x");
        Assert.Equal(["manifests/a/3.tmp", "plans/4.tmp", "quarantine/2.tmp", "shards/1.tmp"], (await CollectAsync()).Files);
        Assert.All(others, key => Assert.True(File.Exists(dataset.Root.At(key)), key));
    }

    [Theory]
    [InlineData("plans/run.json")]
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

    private Task<GarbageReport> CollectAsync(int keep = 1, TimeSpan grace = default, bool delete = true) =>
        new GarbageCollector(dataset.Root.Store, time).CollectAsync(keep, grace, delete, CancellationToken.None);
}
