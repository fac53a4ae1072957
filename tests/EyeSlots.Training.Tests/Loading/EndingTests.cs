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
    public void Epoch_CancelledBefore_GivesNoBatch() =>
        Assert.ThrowsAny<OperationCanceledException>(() => stream.Epoch(0, cancellation: new(canceled: true)).Any());

    public void Dispose() => stream.Dispose();

    private void AssertNothingIsLeft()
    {
        Assert.Empty(LeftBehind.Threads());
        Assert.Empty(LeftBehind.Files(dataset.Dataset.Root));
    }
}
