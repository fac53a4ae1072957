using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Downloads the images of one slice ahead of their decoding: at most <see cref="IObjectStore.ReadsAtOnce"/> at a time and
/// <see cref="BytesAhead"/> in all. A larger file than <see cref="OneAhead"/> is read when its turn comes.
/// </summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    /// <summary>Bytes of all downloads of a slice that wait or run.</summary>
    public const int BytesAhead = 32 << 20;

    /// <summary>Bytes of one file that is read ahead. Counted in full where the plan does not know the size.</summary>
    public const int OneAhead = 2 << 20;

    private readonly IObjectStore images;
    private readonly Stack<ByteBuffer> spare;
    private readonly IEnumerator<ImageIdentity> coming;
    private readonly Queue<Download> ahead = new();
    private readonly CancellationTokenSource stop;
    private Download? current;
    private long bytes;
    private bool more;

    /// <summary>Starts the first downloads.</summary>
    /// <param name="images">Where the images are.</param>
    /// <param name="order">The reads in the order in which they will be asked for.</param>
    /// <param name="spare">Buffers that the worker keeps from slice to slice.</param>
    /// <param name="cancellation">Stops all downloads.</param>
    public ReadAhead(IObjectStore images, IEnumerable<ImageIdentity> order, Stack<ByteBuffer> spare, CancellationToken cancellation)
    {
        (this.images, this.spare) = (images, spare);
        coming = order.GetEnumerator();
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        more = coming.MoveNext();
        Fill();
    }

    /// <summary>The next image; <see cref="ReadOutcome.TooLarge"/> means only that it was not read ahead.</summary>
    public async ValueTask<ImageRead> NextAsync()
    {
        Recycle();
        Fill();
        current = ahead.Dequeue();
        var outcome = await current.Read.ConfigureAwait(false);
        bytes -= current.Charge;
        Fill();
        return new(outcome, outcome == ReadOutcome.Read ? current.Buffer.Memory : default);
    }

    /// <summary>Ends the downloads that nobody waits for any more, then gives the buffers back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (ahead.Count > 0) await stop.CancelAsync().ConfigureAwait(false);
        Recycle();
        foreach (var download in ahead)
        {
            await download.Read.ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
            spare.Push(download.Buffer);
        }

        coming.Dispose();
        stop.Dispose();
    }

    private void Fill()
    {
        while (more && ahead.Count < images.ReadsAtOnce)
        {
            var image = coming.Current;
            var charge = image.Size > 0 ? Math.Min(image.Size, OneAhead) : OneAhead;
            if (bytes + charge > BytesAhead && ahead.Count > 0) return;
            var buffer = spare.TryPop(out var kept) ? kept : new ByteBuffer();
            bytes += charge;
            ahead.Enqueue(new(ImageReader.ReadBoundAsync(images, image, buffer, OneAhead, stop.Token).AsTask(), buffer, charge));
            more = coming.MoveNext();
        }
    }

    private void Recycle()
    {
        if (current is not null) spare.Push(current.Buffer);
        current = null;
    }

    private sealed record Download(Task<ReadOutcome> Read, ByteBuffer Buffer, long Charge);
}
