using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>The same faces with the same pixels in the same batches, whoever reads them and from where on.</summary>
public sealed class ShardStreamTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Epoch_AnyNumberOfWorkers_GivesTheSameBatches(int workers)
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(500, parts: 35);
        var faces = await dataset.FacesAsync();
        Assert.Equal(Hashes(faces, new() { Workers = 1, BatchSize = 7 }), Hashes(faces, new() { Workers = workers, BatchSize = 7 }));
    }

    [Fact]
    public async Task Epoch_ResumedAtEveryBatch_GivesWhatWasLeft()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 35);
        var faces = await dataset.FacesAsync();
        using var stream = new ShardStream(faces, new() { BatchSize = 16, Workers = 2 }, NullLogger.Instance);
        var whole = BatchHash.OfEach(stream.Epoch(1));
        Assert.Equal(stream.BatchesPerEpoch, whole.Count);
        for (var first = 0; first <= whole.Count; first++) Assert.Equal(whole.Skip(first), BatchHash.OfEach(stream.Epoch(1, first)));
    }

    [Fact]
    public async Task Epoch_HasEachFaceOnce_AndAnotherOrderEachTime()
    {
        using var dataset = await DrawnDataset.DrawPartsAsync(400, parts: 35);
        var faces = await dataset.FacesAsync();
        using var stream = new ShardStream(faces, new() { BatchSize = 16, Workers = 2 }, NullLogger.Instance);
        var orders = Enumerable.Range(0, 3).Select(epoch => stream.Epoch(epoch).SelectMany(batch => batch.Faces.ToArray()).ToArray()).ToArray();
        Assert.All(orders, order => Assert.Equal(Enumerable.Range(0, faces.Count), order.Order()));
        Assert.NotEqual(orders[0], orders[1]);
        Assert.NotEqual(orders[1], orders[2]);
    }

    [Fact]
    public async Task InOrder_GivesAllFacesByTheirNumbersWithTheirLabels()
    {
        using var dataset = await DrawnDataset.DrawAsync(300);
        var faces = await dataset.FacesAsync("training");
        using var stream = new ShardStream(faces, new() { BatchSize = 16, Input = InputShape.Default with { Gray = true } }, NullLogger.Instance);
        var next = 0;
        foreach (var batch in stream.InOrder())
        {
            Assert.Equal(batch.Count * 96 * 32, batch.Pixels.Length);
            for (var place = 0; place < batch.Count; place++, next++)
            {
                Assert.Equal(next, batch.Faces.Span[place]);
                Assert.Equal((faces.Labels[next].Valence, faces.Labels[next].Arousal), (batch.Targets.Span[2 * place], batch.Targets.Span[(2 * place) + 1]));
            }
        }

        Assert.Equal(faces.Count, next);
    }

    private static List<string> Hashes(FaceTable faces, LoaderOptions options)
    {
        using var stream = new ShardStream(faces, options, NullLogger.Instance);
        return [.. Enumerable.Range(0, 2).SelectMany(epoch => BatchHash.OfEach(stream.Epoch(epoch)))];
    }
}
