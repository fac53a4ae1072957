using EyeSlots.Core.Manifests;
using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Manifests;

/// <summary>Whatever is off in a generation is found, and nothing where nothing is.</summary>
public sealed class DatasetVerifierTests : IDisposable
{
    private readonly Dataset dataset = new();

    [Fact]
    public async Task Verify_WhatWasCommitted_IsClean()
    {
        var manifest = await CommitAsync();
        var verifier = new DatasetVerifier(dataset.Root.Store, Decodes);
        Assert.Empty(await verifier.VerifyAsync(manifest, null, CancellationToken.None));
        Assert.Empty(await verifier.VerifyAsync(manifest, null, CancellationToken.None));
    }

    [Fact]
    public async Task Verify_AMissingShardOrQuarantineFile_IsFound()
    {
        var manifest = await CommitAsync();
        File.Delete(dataset.Root.At(ShardLayout.ShardKey(Dataset.Fingerprint(1))));
        File.Delete(dataset.Root.At(ShardLayout.QuarantineKey(Dataset.Fingerprint(2))));
        var problems = await VerifyAsync(manifest);
        Assert.Equal([Dataset.Fingerprint(1), Dataset.Fingerprint(2)], problems.Select(problem => problem.Fingerprint));
        Assert.Contains("missing", problems[0].Detail, StringComparison.Ordinal);
        Assert.Contains(ShardLayout.QuarantineKey(Dataset.Fingerprint(2)) + " is missing", problems[1].Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shards/")]
    [InlineData("quarantine/")]
    public async Task Verify_AnyChangedByte_IsFound(string folder)
    {
        var manifest = await CommitAsync();
        var key = $"{folder}{Dataset.Fingerprint(2)}.parquet";
        var good = File.ReadAllBytes(dataset.Root.At(key));
        for (var at = 0; at < good.Length; at += LongRun.Count(101, 1))
        {
            dataset.Damage(key, _ => [.. good[..at], (byte)(good[at] ^ 4), .. good[(at + 1)..]]);
            var problems = await VerifyAsync(manifest);
            Assert.True(problems.Count > 0, $"byte {at}");
            Assert.All(problems, problem => Assert.Equal(Dataset.Fingerprint(2), problem.Fingerprint));
        }
    }

    [Fact]
    public async Task Verify_AFaceInTwoShards_IsFound()
    {
        var shards = new[] { await dataset.PublishAsync(1, "training"), await dataset.PublishAsync(2, "training") };
        var problems = await VerifyAsync(await dataset.CommitAsync("a", 0, shards));
        Assert.Equal(10, problems.Count);
        Assert.All(problems, problem => Assert.Contains("more than once", problem.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_ACropThatDoesNotDecode_IsFound()
    {
        var manifest = await CommitAsync();
        var problem = Assert.Single(await new DatasetVerifier(dataset.Root.Store, (row, _) => row.Key is not { List: "list2", ImagePath: "1/2.jpg", FaceIndex: 0 })
            .VerifyAsync(manifest, null, CancellationToken.None));
        Assert.Contains("list2: 1/2.jpg #0", problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("sha256")]
    [InlineData("rows")]
    [InlineData("rejected")]
    [InlineData("faces")]
    [InlineData("faceKeysSha256")]
    [InlineData("quarantineBytes")]
    [InlineData("quarantineSha256")]
    [InlineData("list")]
    public async Task Verify_AManifestThatStatesOtherwise_IsFound(string field)
    {
        await CommitAsync();
        var edited = await dataset.EditAsync("a", 1, json =>
        {
            var shard = json["content"]!["shards"]![0]!;
            if (shard[field]!.GetValueKind() == System.Text.Json.JsonValueKind.Number) shard[field] = (int)shard[field]! + 1;
            else shard[field] = field == "list" ? "other" : Dataset.Fingerprint(9);
        });
        Assert.Contains(await VerifyAsync(edited), problem => problem.Fingerprint == Dataset.Fingerprint(1));
    }

    [Theory]
    [InlineData("faces")]
    [InlineData("rows")]
    [InlineData("rejected")]
    [InlineData("bytes")]
    public async Task Verify_TotalsThatAreNotTheSums_AreFound(string field)
    {
        await CommitAsync();
        var edited = await dataset.EditAsync("a", 1, json => json["content"]!["totals"]![field] = 1);
        Assert.Equal("", Assert.Single(await VerifyAsync(edited)).Fingerprint);
    }

    [Fact]
    public async Task Verify_TotalsByCodeThatAreNotTheSums_AreFound()
    {
        await CommitAsync();
        var edited = await dataset.EditAsync("a", 1, json => json["content"]!["totals"]!["rejectedByCode"]!["image-empty"] = 5);
        Assert.Single(await VerifyAsync(edited));
    }

    [Fact]
    public async Task Verify_ParametersThatAreNone_AreFound()
    {
        await CommitAsync();
        var edited = await dataset.EditAsync("a", 1, json => json["content"]!["parameters"]!["format"] = "gif");
        Assert.Equal("", Assert.Single(await VerifyAsync(edited)).Fingerprint);
    }

    public void Dispose() => dataset.Dispose();

    private async Task<Manifest> CommitAsync() => await dataset.CommitAsync("a", 0, await dataset.PublishAsync(1), await dataset.PublishAsync(2));

    private Task<IReadOnlyList<VerifyProblem>> VerifyAsync(Manifest manifest) =>
        new DatasetVerifier(dataset.Root.Store, Decodes).VerifyAsync(manifest, null, CancellationToken.None);

    private static bool Decodes(ShardRow row, Core.Planning.SlotFormat format) =>
        format == Core.Planning.SlotFormat.Raw && row.Slot.Length == 3 * row.Width * row.Height;
}
