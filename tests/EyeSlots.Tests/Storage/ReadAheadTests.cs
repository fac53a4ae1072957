using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Storage;

/// <summary>Reads ahead within its bounds, in order, and leaves nothing behind.</summary>
public sealed class ReadAheadTests
{
    private static readonly ReadAheadBounds Bounds = new(Reads: 4, Bytes: 1000, BytesOfOne: 300);
    private readonly HeldReads source = new();
    private readonly Stack<ByteBuffer> spare = new();

    [Fact]
    public async Task Next_HoweverReadsEnd_GivesThemInTheirOrder()
    {
        await using var ahead = new ReadAhead<int>(Enumerable.Range(1, 20), source, Bounds, spare);
        for (var number = 1; number <= 20; number++)
        {
            source.EndAll(backwards: true);
            var read = await ahead.NextAsync();
            Assert.Equal(ReadOutcome.Read, read.Outcome);
            Assert.Equal([(byte)number], read.Content.ToArray().Distinct());
            Assert.Equal(number, read.Content.Length);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await ahead.NextAsync());
    }

    [Theory]
    [InlineData(new[] { 10, 10, 10, 10, 10 }, 4, 5)]
    [InlineData(new[] { 300, 300, 300, 300, 300 }, 3, 4)]
    [InlineData(new[] { 0, 0, 0, 0 }, 3, 4)]
    [InlineData(new[] { 9999, 9999, 9999, 9999 }, 3, 4)]
    [InlineData(new[] { 300, 300, 300, 100, 1 }, 4, 5)]
    [InlineData(new[] { 300, 300, 300, 101, 1 }, 3, 5)]
    public async Task Started_AtOnce_AreWithinTheBoundsOfNumberAndBytes(int[] sizes, int atFirst, int afterOneEnded)
    {
        source.Sizes = sizes;
        await using var ahead = new ReadAhead<int>(Enumerable.Range(0, sizes.Length), source, Bounds, spare);
        Assert.Equal(atFirst, source.Started);
        source.EndAll();
        await ahead.NextAsync();
        Assert.Equal(afterOneEnded, source.Started);
    }

    [Fact]
    public async Task OneRead_LargerThanAllBytes_IsStartedAllTheSame()
    {
        source.Sizes = [50, 50];
        await using var ahead = new ReadAhead<int>([0, 1], source, new(4, 10, 100), spare);
        Assert.Equal(1, source.Started);
        source.EndAll();
        Assert.Equal(50, (await ahead.NextAsync()).Content.Length);
        source.EndAll();
        Assert.Equal(50, (await ahead.NextAsync()).Content.Length);
    }

    [Fact]
    public async Task TooLarge_IsTheOutcomeOfThatReadAlone()
    {
        source.Sizes = [301, 5];
        await using var ahead = new ReadAhead<int>([0, 1], source, Bounds, spare);
        source.EndAll();
        Assert.Equal(ReadOutcome.TooLarge, (await ahead.NextAsync()).Outcome);
        Assert.Equal(5, (await ahead.NextAsync()).Content.Length);
    }

    [Fact]
    public async Task Failure_OfOneRead_IsThrownInItsTurnAndTheNextGoOn()
    {
        await using var ahead = new ReadAhead<int>([1, 2, 3, 4, 5, 6], source, Bounds, spare);
        source.End(2, new StorageException("broken"));
        source.EndAll();
        Assert.Equal(1, (await ahead.NextAsync()).Content.Length);
        Assert.Equal("broken", (await Assert.ThrowsAsync<StorageException>(async () => await ahead.NextAsync())).Message);
        for (var number = 3; number <= 6; number++)
        {
            source.EndAll();
            Assert.Equal(number, (await ahead.NextAsync()).Content.Length);
        }
    }

    [Fact]
    public async Task Cancelled_ByTheCaller_EndsTheReads()
    {
        using var stop = new CancellationTokenSource();
        await using var ahead = new ReadAhead<int>([1, 2, 3], source, Bounds, spare, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ahead.NextAsync());
    }

    [Fact]
    public async Task Disposed_WithReadsUnderWay_StopsThemAndGetsEveryBufferBack()
    {
        var ahead = new ReadAhead<int>([1, 2, 3, 4, 5], source, Bounds, spare);
        source.End(1);
        await ahead.NextAsync();
        source.End(3, new StorageException("nobody hears this"));
        Assert.Equal(5, source.Started);
        await ahead.DisposeAsync();
        Assert.Equal(3, source.Cancelled);
        Assert.Equal(5, spare.Count);
        Assert.Equal(5, spare.Distinct().Count());
    }

    [Fact]
    public async Task Buffers_AreUsedAgain()
    {
        for (var round = 0; round < 3; round++)
        {
            await using var ahead = new ReadAhead<int>(Enumerable.Range(1, 30), source, Bounds, spare);
            for (var number = 1; number <= 30; number++)
            {
                source.EndAll();
                await ahead.NextAsync();
            }
        }

        Assert.InRange(spare.Count, 1, Bounds.Reads + 1);
    }

    [Fact]
    public async Task NothingToRead_StartsNothing()
    {
        await using (new ReadAhead<int>([], source, Bounds, spare)) Assert.Equal(0, source.Started);
        Assert.Empty(spare);
    }

    /// <summary>Reads that end when the test says so. Each fills its buffer with its own number.</summary>
    private sealed class HeldReads : IReadAheadSource<int>
    {
        private readonly SortedDictionary<int, TaskCompletionSource> held = [];

        /// <summary>Sizes by number; a read without one has its number as its size.</summary>
        public int[]? Sizes { get; set; }

        public int Started { get; private set; }

        public int Cancelled { get; private set; }

        public long SizeOf(int item) => Sizes is null ? item : Sizes[item];

        public async ValueTask<ReadOutcome> ReadAsync(int item, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
        {
            Started++;
            var end = held[item] = new();
            try
            {
                await end.Task.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                Cancelled++;
                throw;
            }

            if (SizeOf(item) > maxBytes) return ReadOutcome.TooLarge;
            buffer.Reset((int)SizeOf(item));
            buffer.Span.Fill((byte)item);
            return ReadOutcome.Read;
        }

        public void End(int item, Exception? failure = null)
        {
            if (!held.Remove(item, out var end)) return;
            if (failure is null) end.SetResult();
            else end.SetException(failure);
        }

        public void EndAll(bool backwards = false)
        {
            foreach (var item in backwards ? held.Keys.Reverse().ToList() : [.. held.Keys]) End(item);
        }
    }
}
