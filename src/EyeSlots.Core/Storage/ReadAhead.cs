namespace EyeSlots.Core.Storage;

/// <summary>How much is read ahead at most.</summary>
/// <param name="Reads">Reads that run or wait at a time; at least 1. <see cref="IObjectStore.ReadsAtOnce"/> says how many pay off.</param>
/// <param name="Bytes">Bytes of all of them. One read is always allowed.</param>
/// <param name="BytesOfOne">Bytes of one read; also what a read counts for whose size is not known.</param>
public readonly record struct ReadAheadBounds(int Reads, long Bytes, int BytesOfOne);

/// <summary>How a read ended, and its content.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Content">The content where it was read, else empty; valid until the next read.</param>
public readonly record struct ContentRead(ReadOutcome Outcome, ReadOnlyMemory<byte> Content);

/// <summary>What a <see cref="ReadAhead{T}"/> reads.</summary>
/// <typeparam name="T">What names a read.</typeparam>
public interface IReadAheadSource<in T>
{
    /// <summary>The size in bytes as far as it is known, else 0.</summary>
    long SizeOf(T item);

    /// <summary>Reads the whole of it into the buffer; nothing where it is larger than allowed. Called from one thread, runs beside others.</summary>
    ValueTask<ReadOutcome> ReadAsync(T item, ByteBuffer buffer, long maxBytes, CancellationToken cancellation);
}

/// <summary>Starts the reads that will be asked for, in their order, before they are, within bounds on their number and bytes. For one reader.</summary>
/// <typeparam name="T">What names a read.</typeparam>
public sealed class ReadAhead<T> : IAsyncDisposable
{
    private readonly ReadAheadBounds bounds;
    private readonly IReadAheadSource<T> source;
    private readonly Stack<ByteBuffer> spare;
    private readonly IEnumerator<T> coming;
    private readonly Queue<Running> ahead = new();
    private readonly CancellationTokenSource stop;
    private Running? current;
    private long bytes;
    private bool more;

    /// <summary>Starts the first reads.</summary>
    /// <param name="order">The reads in the order in which they will be asked for.</param>
    /// <param name="source">Sizes the reads and carries them out.</param>
    /// <param name="bounds">How much is read ahead.</param>
    /// <param name="spare">Buffers that the caller keeps from one read-ahead to the next; those in use come back at the end.</param>
    /// <param name="cancellation">Stops all reads.</param>
    public ReadAhead(IEnumerable<T> order, IReadAheadSource<T> source, ReadAheadBounds bounds, Stack<ByteBuffer> spare, CancellationToken cancellation = default)
    {
        (this.source, this.bounds, this.spare) = (source, bounds, spare);
        coming = order.GetEnumerator();
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        more = coming.MoveNext();
        Fill();
    }

    /// <summary>The next read of the order; <see cref="ReadOutcome.TooLarge"/> means only that it is larger than one read may be.</summary>
    /// <exception cref="InvalidOperationException">The order has ended.</exception>
    /// <exception cref="StorageException">This read failed; the next ones may be asked for all the same.</exception>
    public async ValueTask<ContentRead> NextAsync()
    {
        Recycle();
        Fill();
        current = ahead.Dequeue();
        bytes -= current.Charge;
        var outcome = await current.Read.ConfigureAwait(false);
        Fill();
        return new(outcome, outcome == ReadOutcome.Read ? current.Buffer.Memory : default);
    }

    /// <summary>Ends the reads that nobody waits for any more, then gives the buffers back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ahead.Count > 0) await stop.CancelAsync().ConfigureAwait(false);
        Recycle();
        foreach (var read in ahead)
        {
            await ((Task)read.Read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            spare.Push(read.Buffer);
        }

        coming.Dispose();
        stop.Dispose();
    }

    private void Fill()
    {
        while (more && ahead.Count < bounds.Reads)
        {
            var item = coming.Current;
            var size = source.SizeOf(item);
            var charge = size > 0 ? Math.Min(size, bounds.BytesOfOne) : bounds.BytesOfOne;
            if (bytes + charge > bounds.Bytes && ahead.Count > 0) return;
            var buffer = spare.TryPop(out var kept) ? kept : new ByteBuffer();
            bytes += charge;
            ahead.Enqueue(new(source.ReadAsync(item, buffer, bounds.BytesOfOne, stop.Token).AsTask(), buffer, charge));
            more = coming.MoveNext();
        }
    }

    private void Recycle()
    {
        if (current is not null) spare.Push(current.Buffer);
        current = null;
    }

    private sealed record Running(Task<ReadOutcome> Read, ByteBuffer Buffer, long Charge);
}
