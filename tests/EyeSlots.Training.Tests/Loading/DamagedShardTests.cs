using EyeSlots.Core;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>A shard that is not what the manifest, or the first pass, said of it ends an epoch, with its name and nothing left behind.</summary>
[Collection(nameof(LeftBehind))]
public sealed class DamagedShardTests : IAsyncLifetime
{
    private DrawnDataset dataset = null!;
    private FaceTable faces = null!;
    private EditedShard shard = null!;

    public async ValueTask InitializeAsync()
    {
        dataset = await DrawnDataset.DrawPartsAsync(60, parts: 20);
        faces = await dataset.FacesAsync();
        shard = new(dataset, faces.Shards.ElementAt(7));
    }

    public ValueTask DisposeAsync()
    {
        dataset.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Epoch_AShardWithOneByteChanged_IsRefused()
    {
        var bytes = shard.Read();
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(shard.File, bytes);
        AssertRefused($"{shard.File} is damaged: its bytes are not those that the manifest states.");
    }

    [Fact]
    public void Epoch_AShardCutShort_IsRefused()
    {
        File.WriteAllBytes(shard.File, shard.Read()[..^100]);
        AssertRefused($"{shard.File} is damaged: its bytes are not those that the manifest states.");
    }

    [Fact]
    public void Epoch_AShardThatIsGone_IsRefused()
    {
        File.Delete(shard.File);
        AssertRefused($"{shard.File} is missing; run preprocess again.");
    }

    [Fact]
    public async Task Epoch_LabelsThatTheFirstPassReadOtherwise_AreRefused()
    {
        var whole = shard.Read();
        var altered = shard.Read();
        EditedShard.SetValence(altered, row: 1, value: -0.123f);
        File.WriteAllBytes(shard.File, altered);
        faces = await dataset.FacesAsync();
        File.WriteAllBytes(shard.File, whole);
        AssertRefused($"{shard.File} is damaged: its labels are not those that were read of it before.");
    }

    [Fact]
    public async Task Read_OfALostShard_IsRefused()
    {
        File.Delete(shard.File);
        var error = await Assert.ThrowsAnyAsync<EyeSlotsException>(() => dataset.FacesAsync());
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        Assert.Contains(shard.File, error.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string text)
    {
        using var stream = new ShardStream(faces, new() { BatchSize = 4, Workers = 2 }, NullLogger.Instance);
        var error = Assert.Throws<EyeSlotsException>(() => stream.Epoch(0).Count());
        Assert.Equal((ErrorCodes.DatasetDamaged, text), (error.Code, error.Message));
        Assert.Empty(LeftBehind.Threads());
    }
}
