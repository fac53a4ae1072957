using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>The same faces with the same pixels in the same batches, whoever reads them and from where on.</summary>
public sealed class ShardStreamTests(PartsDataset dataset) : IClassFixture<PartsDataset>
{
    private readonly FaceTable faces = dataset.Faces;

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Epoch_AnyNumberOfWorkers_GivesTheSameBatches(int workers) =>
        Assert.Equal(Hashes(new() { Workers = 1, BatchSize = 7 }), Hashes(new() { Workers = workers, BatchSize = 7 }));

    [Fact]
    public void Epoch_ResumedAtEveryBatch_GivesWhatWasLeft()
    {
        using var stream = Open(new() { BatchSize = 16, Workers = 2 });
        var whole = BatchHash.OfEach(stream.Epoch(1));
        Assert.Equal(stream.BatchesPerEpoch, whole.Count);
        for (var first = 0; first <= whole.Count + 1; first++) Assert.Equal(whole.Skip(first), BatchHash.OfEach(stream.Epoch(1, first)));
    }

    [Fact]
    public void Epoch_HasEachFaceOnce_AndAnotherOrderEachTime()
    {
        using var stream = Open(new() { BatchSize = 16, Workers = 2 });
        var orders = Enumerable.Range(0, 3).Select(epoch => stream.Epoch(epoch).SelectMany(batch => batch.Faces.ToArray()).ToArray()).ToArray();
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, faces.Count), order.Order()));
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[1], orders[2]);
    }

    [Fact]
    public void Epoch_OfAnotherSeed_HasAnotherOrderAndOtherPixels()
    {
        var hashes = new[] { 1L, 2L }.Select(seed => Hashes(new() { Seed = seed, Augmentation = AugmentationOptions.None })).ToArray();
        Assert.Empty(hashes[0].Intersect(hashes[1]));
        Assert.Empty(Hashes(new() { Seed = 1 }).Intersect(hashes[0]));
    }

    [Fact]
    public void Epoch_MixesFacesOfAWindow_AndOfNoOther()
    {
        using var stream = Open(new() { BatchSize = 16 });
        var shardOfFace = Enumerable.Range(0, faces.ShardFaces.Count).SelectMany(shard => Enumerable.Repeat(shard, faces.ShardFaces[shard].Count)).ToArray();
        var shards = stream.Epoch(0).SelectMany(batch => batch.Faces.ToArray()).Select(face => shardOfFace[face]).ToArray();
        int[] firstWindow = [.. shards.Distinct().Take(EpochOrder.ShardsShuffled)];
        var length = firstWindow.Sum(shard => faces.ShardFaces[shard].Count);
        Assert.Equal(firstWindow.Order(), shards.Take(length).Distinct().Order());
        Assert.Empty(shards.Skip(length).Intersect(firstWindow));
        Assert.True(shards.Take(16).Distinct().Count() > 5, "the first faces come of few shards");
    }

    [Fact]
    public void InOrder_GivesAllFacesByTheirNumbersWithTheirLabels()
    {
        using var stream = Open(new() { BatchSize = 16, Input = InputShape.Default with { Gray = true } });
        var next = 0;
        foreach (var batch in stream.InOrder())
        {
            Assert.Equal(batch.Count * 96 * 32, batch.Pixels.Length);
            for (var place = 0; place < batch.Count; place++, next++)
            {
                Assert.Equal(next, batch.Faces.Span[place]);
                Assert.Equal((faces.Labels[next].Valence, faces.Labels[next].Arousal), (batch.Targets.Span[2 * place], batch.Targets.Span[(2 * place) + 1]));
                Assert.True(batch.Cutouts.Span[place].IsEmpty);
            }
        }

        Assert.Equal(faces.Count, next);
    }

    [Fact]
    public void Epoch_ALastBatchOfASingleFace_IsLeftOut()
    {
        var size = Enumerable.Range(2, 100).First(size => faces.Count % size == 1);
        using var stream = Open(new() { BatchSize = size });
        Assert.Equal(faces.Count / size, stream.BatchesPerEpoch);
        Assert.All(stream.Epoch(0).Select(batch => batch.Count), count => Assert.Equal(size, count));
        Assert.Equal(1, stream.InOrder().Select(batch => batch.Count).Last());
    }

    [Fact]
    public void Epoch_WhileAnotherIsUnderWay_IsRefused()
    {
        using var stream = Open(new() { BatchSize = 2 });
        foreach (var batch in stream.Epoch(0).Take(1)) Assert.Throws<InvalidOperationException>(() => stream.Epoch(1).Count());
        Assert.NotEmpty(stream.Epoch(1));
    }

    [Fact]
    public void Waited_CountsTheFirstBatchOfAnEpochApart()
    {
        using var stream = Open(new());
        _ = stream.Epoch(0).First();
        Assert.True(stream.WaitedForFirst > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, stream.Waited);
    }

    private ShardStream Open(LoaderOptions options) => new(faces, options, NullLogger.Instance);

    private List<string> Hashes(LoaderOptions options)
    {
        using var stream = Open(options);
        return [.. Enumerable.Range(0, 2).SelectMany(epoch => BatchHash.OfEach(stream.Epoch(epoch)))];
    }
}
