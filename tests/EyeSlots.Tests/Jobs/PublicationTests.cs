using EyeSlots.Core;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Shards;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Jobs;

/// <summary>What happens to files that are there already.</summary>
public sealed class PublicationTests
{
    private static readonly string Shard = ShardLayout.ShardKey(MadeShard.Fingerprint);
    private static readonly string Quarantine = ShardLayout.QuarantineKey(MadeShard.Fingerprint);

    [Fact]
    public async Task Publish_Twice_IsTheSameAsOnce()
    {
        using var folder = new TempFolder();
        var files = await MadeShard.MakeAsync(MadeShard.Slice(20), rejectEvery: 5);
        await PublishAsync(folder, files);
        await PublishAsync(folder, files);
        Assert.Equal([Quarantine, Shard], folder.Files().Keys);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public async Task Publish_OverADamagedLeftover_ReplacesIt(int length)
    {
        using var folder = new TempFolder();
        var files = await MadeShard.MakeAsync(MadeShard.Slice(20), rejectEvery: 5);
        folder.Write(Shard, files.Shard.ToArray()[..(length < 0 ? files.Shard.Length - 1 : length)]);
        folder.Write(Quarantine, "no parquet");
        await PublishAsync(folder, files);
        Assert.Equal(files.Shard.ToArray(), folder.Files()[Shard]);
        Assert.Equal(files.Quarantine.ToArray(), folder.Files()[Quarantine]);
    }

    [Fact]
    public async Task Publish_BesideAnIntactShardThatDiffers_IsAnErrorAndTheOldOneStays()
    {
        using var folder = new TempFolder();
        var (old, other) = (await MadeShard.MakeAsync(MadeShard.Slice(20)), await MadeShard.MakeAsync(MadeShard.Slice(20), pixels: 9));
        await PublishAsync(folder, old);
        Assert.Equal(ErrorCodes.NotReproducible, (await Assert.ThrowsAsync<EyeSlotsException>(() => PublishAsync(folder, other))).Code);
        Assert.Equal(old.Shard.ToArray(), folder.Files()[Shard]);
    }

    [Fact]
    public async Task Force_OnADamagedShard_IsAnErrorAndTheOldOneStays()
    {
        using var folder = new TempFolder();
        folder.Write(Shard, "damaged");
        var files = await MadeShard.MakeAsync(MadeShard.Slice(20));
        Assert.Equal(ErrorCodes.NotReproducible, (await Assert.ThrowsAsync<EyeSlotsException>(() => PublishAsync(folder, files, force: true))).Code);
        Assert.Equal("damaged"u8.ToArray(), folder.Files()[Shard]);
    }

    [Fact]
    public async Task Force_OnASoundDataset_MakesAllAgainAndFindsTheSame()
    {
        using var run = SmallRun.Of(8);
        await run.RunAsync();
        var forced = await run.RunAsync(options => options with { Force = true });
        Assert.Equal((1, false), (forced.ShardsMade, forced.Committed));
    }

    [Fact]
    public async Task Kept_NamedIsNotReadUnnamedIsReadWholeDamagedIsMadeAgain()
    {
        using var folder = new TempFolder();
        var files = await MadeShard.MakeAsync(MadeShard.Slice(20), rejectEvery: 5);
        await PublishAsync(folder, files);
        SliceHeader[] slices = [new(0, "training", MadeShard.Fingerprint, 20)];
        Assert.Equivalent(files.Result, (await new KeptShards(folder.Store).FindAsync(slices, null, default))[0]);
        folder.Write(Shard, new byte[files.Shard.Length]);
        Assert.Null((await new KeptShards(folder.Store).FindAsync(slices, null, default))[0]);
        var named = new Manifest("d", 1, ManifestContent.Of(new(), [files.Result]), new("local", 1, 0, default, 0, ""));
        Assert.NotNull((await new KeptShards(folder.Store).FindAsync(slices, named, default))[0]);
        folder.Write(Shard, new byte[files.Shard.Length - 1]);
        Assert.Null((await new KeptShards(folder.Store).FindAsync(slices, named, default))[0]);
    }

    private static Task PublishAsync(TempFolder folder, ShardFiles files, bool force = false) =>
        new ShardPublication(folder.Store, force, NullLogger.Instance).PublishAsync(files, default);
}
