using EyeSlots.Integration.Tests;
using EyeSlots.Training.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>However an epoch ends, no thread and no file of it is left.</summary>
[Collection(nameof(LeftBehind))]
public sealed class EndingTests(PartsDataset dataset) : IClassFixture<PartsDataset>, IDisposable
{
    private readonly ShardStream stream = new(dataset.Faces, new() { BatchSize = 4, Workers = 3 }, NullLogger.Instance);

    [Fact]
    public void Epoch_RunToItsEnd_LeavesNothing()
    {
        _ = stream.Epoch(0).Count();
        AssertNothingIsLeft();
    }

    [Fact]
    public void Epoch_ConsumerStopsEarly_LeavesNothing()
    {
        for (var count = 1; count < 20; count++)
        {
            Assert.Equal(count, stream.Epoch(count).Take(count).Count());
            AssertNothingIsLeft();
        }
    }

    [Fact]
    public void Epoch_ConsumerThrows_LeavesNothing()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (var batch in stream.Epoch(0)) throw new InvalidOperationException($"{batch.Index}");
        });
        AssertNothingIsLeft();
    }

    [Fact]
    public void Epoch_Cancelled_ThrowsAndLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var batch in stream.Epoch(0, cancellation: stop.Token))
            {
                if (batch.Index == 3) stop.Cancel();
            }
        });
        AssertNothingIsLeft();
    }

    [Fact]
    public void Epoch_InRandomShapes_GivesTheSameBatchesAndLeavesNothing()
    {
        var random = new Random(14);
        for (var round = 0; round < LongRun.Count(15, 500); round++)
        {
            var options = new LoaderOptions { BatchSize = random.Next(2, 60), Workers = random.Next(1, 9), Seed = random.Next(3) };
            using var one = new ShardStream(dataset.Faces, options with { Workers = 1 }, NullLogger.Instance);
            using var many = new ShardStream(dataset.Faces, options, NullLogger.Instance);
            var (epoch, first) = (random.Next(3), random.Next(one.BatchesPerEpoch));
            var count = random.Next(1, one.BatchesPerEpoch - first + 1);
            Assert.Equal(BatchHash.OfEach(one.Epoch(epoch).Skip(first).Take(count)), BatchHash.OfEach(many.Epoch(epoch, first).Take(count)));
        }

        AssertNothingIsLeft();
    }

    [Fact]
    public void Epoch_CancelledBefore_GivesNoBatch() =>
        Assert.ThrowsAny<OperationCanceledException>(() => stream.Epoch(0, cancellation: new(canceled: true)).Any());

    public void Dispose() => stream.Dispose();

    private void AssertNothingIsLeft()
    {
        Assert.Empty(LeftBehind.Threads());
        Assert.Empty(LeftBehind.Files(dataset.Dataset.Root));
    }
}
