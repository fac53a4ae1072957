using EyeSlots.Core;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>Crops that are no pictures: a few leave their places empty, many end the epoch.</summary>
public sealed class BrokenFaceTests
{
    [Fact]
    public async Task Epoch_AFewBrokenCrops_LeaveTheirPlacesEmptyAndShiftNoOther()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 4);
        var faces = await DamageAsync(dataset, rows: 2);
        var log = new LogLines();
        using var stream = new ShardStream(faces, new() { BatchSize = 10, Workers = 2 }, log);
        var batches = stream.Epoch(3).Select(batch => $"{batch.Index}: {string.Join(' ', batch.Faces.ToArray())}").ToList();
        int[] broken = [.. stream.Broken.Select(face => face.Face)];
        Assert.Equal(2, broken.Length);
        Assert.Equal(FacesInOrder(faces, epoch: 3).Chunk(10).Take(stream.BatchesPerEpoch).Select((chunk, index) => $"{index}: {string.Join(' ', chunk.Except(broken))}"), batches);
        Assert.Equal(stream.Broken.Select(face => $"Warning: {face.Key.Display} is left out: {face.Why}."), log.Lines.Order());
    }

    [Fact]
    public async Task Epoch_ABrokenCrop_IsNamedOnceHoweverManyEpochs()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 4);
        var log = new LogLines();
        using var stream = new ShardStream(await DamageAsync(dataset, rows: 1), new() { Workers = 2 }, log);
        for (var epoch = 0; epoch < 3; epoch++) _ = stream.Epoch(epoch).Count();
        Assert.Single(stream.Broken);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task Epoch_ResumedBehindBrokenCrops_NeverDecodesThem()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 4);
        var faces = await DamageAsync(dataset, rows: 3);
        using var whole = new ShardStream(faces, new() { BatchSize = 4 }, NullLogger.Instance);
        var last = whole.Epoch(0).Where(batch => batch.Count < 4).Max(batch => batch.Index);
        Assert.NotEqual(whole.BatchesPerEpoch - 1, last);
        using var resumed = new ShardStream(faces, new() { BatchSize = 4 }, NullLogger.Instance);
        Assert.Equal(whole.BatchesPerEpoch - last - 1, resumed.Epoch(0, last + 1).Count());
        Assert.Empty(resumed.Broken);
    }

    [Fact]
    public async Task Epoch_OverOneInAHundredBroken_IsDamage()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 4);
        var faces = await DamageAsync(dataset, rows: 5);
        using var stream = new ShardStream(faces, new() { Workers = 2 }, NullLogger.Instance);
        var error = Assert.Throws<EyeSlotsException>(() => stream.Epoch(0).Count());
        Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
        Assert.StartsWith($"Over 1 % of the {faces.Count} faces in {dataset.Root} do not decode (part", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<int> FacesInOrder(FaceTable faces, int epoch)
    {
        foreach (var window in EpochOrder.Shuffled(faces, seed: 0, epoch).WindowsFrom(0))
        {
            var numbers = window.Shards.ToArray().SelectMany(shard => Enumerable.Range(faces.FirstFaceOf(shard), faces.ShardFaces[shard].Count)).ToArray();
            for (var place = window.First; place < window.End; place++) yield return numbers[window.IndexAt(place)];
        }
    }

    private static async Task<FaceTable> DamageAsync(DrawnDataset dataset, int rows)
    {
        var shard = new EditedShard(dataset, (await dataset.FacesAsync()).Shards.First());
        var bytes = shard.Read();
        EditedShard.BreakSlots(bytes, rows);
        await shard.ReplaceAsync(bytes);
        return await dataset.FacesAsync();
    }
}
