using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Reporting.Datasets;
using EyeSlots.Tests.Manifests;

namespace EyeSlots.Tests.Reporting.Datasets;

/// <summary>The rejected faces that a page shows.</summary>
public sealed class QuarantineExamplesTests : IDisposable
{
    private readonly Dataset dataset = new();

    public void Dispose() => dataset.Dispose();

    [Fact]
    public async Task Examples_AreThreeOfEachCodeFromDifferentShards()
    {
        // Each shard rejects its first face as annotation-invalid and its sixth as image-too-large.
        var examples = await ReadAsync(await CommitAsync(7));
        Assert.Equal(
            [.. Enumerable.Repeat(RejectCode.AnnotationInvalid, 3), .. Enumerable.Repeat(RejectCode.ImageTooLarge, 3)], examples.Rows.Select(row => row.Code));
        Assert.Equal(["list0", "list2", "list4", "list0", "list2", "list4"], examples.Rows.Select(row => row.Key.List));
        Assert.Empty(examples.Damaged);
    }

    [Fact]
    public async Task FewShards_GiveSeveralExamplesEach()
    {
        var shard = await PublishAsync(1, MadeRejects);
        var examples = await ReadAsync(await dataset.CommitAsync("affectnet", 0, shard));
        Assert.Equal([.. from code in RejectCodes.All from _ in Enumerable.Range(0, 3) select code], examples.Rows.Select(row => row.Code));
        Assert.Equal(examples.Rows.Count, examples.Rows.Distinct().Count());
    }

    [Fact]
    public async Task DamagedQuarantineFile_IsNamedOnceAndTheOthersGiveExamples()
    {
        var manifest = await CommitAsync(3);
        var broken = manifest.Content.Shards[1].Fingerprint;
        dataset.Damage(ShardLayout.QuarantineKey(broken), bytes => [.. bytes, 0]);
        var examples = await ReadAsync(manifest);
        Assert.Equal(broken, Assert.Single(examples.Damaged).Fingerprint);
        Assert.Equal(["list0", "list2", "list0", "list2"], examples.Rows.Select(row => row.Key.List));
    }

    [Fact]
    public async Task NoReject_GivesNone() => Assert.Empty((await ReadAsync(await dataset.CommitAsync("affectnet", 0))).Rows);

    // 40 faces, of which every one is rejected, each code in turn.
    private const int MadeRejects = 40;

    private async Task<ShardResult> PublishAsync(int number, int faces)
    {
        var files = await Shards.MadeShard.MakeAsync(Shards.MadeShard.Slice(faces, Dataset.Fingerprint(number)), rejectEvery: 1, Dataset.Parameters);
        await dataset.Root.Store.PublishAsync(ShardLayout.QuarantineKey(files.Result.Fingerprint), files.Quarantine);
        await dataset.Root.Store.PublishAsync(ShardLayout.ShardKey(files.Result.Fingerprint), files.Shard);
        return files.Result;
    }

    private async Task<Manifest> CommitAsync(int shards)
    {
        List<ShardResult> published = [];
        for (var i = 0; i < shards; i++) published.Add(await dataset.PublishAsync(i));
        return await dataset.CommitAsync("affectnet", 0, published);
    }

    private Task<QuarantineExamples> ReadAsync(Manifest manifest) => QuarantineExamples.ReadAsync(dataset.Root.Store, manifest.Content, TestContext.Current.CancellationToken);
}
