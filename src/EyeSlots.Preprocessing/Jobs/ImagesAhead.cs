using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Images of a store that is far away: they are asked for long before they are cut, those of the slice at hand and then of the next ones, and
/// given in the order in which they arrive. A slow one holds up its own slice alone: others are cut meanwhile, as long as the crops that wait
/// have room. The oldest slice can always go on, and its images were asked for before all others, so nothing waits for itself.
/// </summary>
internal sealed class ImagesAhead : ISliceImages
{
    /// <summary>Images that are asked for and not yet cut. How many of them are on the wire at a time is the store's business.</summary>
    private const int MostReads = 512;

    /// <summary>So many at first, and so many more with each image: else the first worker's would stand in the store's queue before all others'.</summary>
    private const int FirstReads = 64, MoreReads = 4;

    /// <summary>What an image counts whose size is not known; a larger one is read by itself.</summary>
    private const int UnknownBytes = 2 << 20;

    private readonly OpenSlices slices;
    private readonly RunningReads running;
    private readonly ReadShare share;
    private readonly SemaphoreSlim oneLarge;
    private readonly FirstBytes guess;
    private readonly CancellationTokenSource stop;
    private readonly Queue<ImageRead> large = new();
    private ImageRead? current, next;
    private bool largeRuns;
    private int reads, mayRead = FirstReads;

    /// <summary>Begins nothing yet.</summary>
    public ImagesAhead(IEnumerable<IFaceCuts> slices, BoundImages images, ReadBudget budget, SemaphoreSlim oneLarge, FirstBytes guess, CancellationToken cancellation)
    {
        (this.slices, running, share) = (new(slices), new(images, oneLarge), budget.Open());
        (this.oneLarge, this.guess, stop) = (oneLarge, guess, CancellationTokenSource.CreateLinkedTokenSource(cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<ArrivedImage?> NextAsync()
    {
        GiveBack(ref current);
        slices.RemoveDone();

        // Reads go on in the threads of the pool, of which a worker that never waits would keep one to itself.
        await Task.Yield();
        while (true)
        {
            Fill();
            BeginLarge();
            if (!slices.TryTakeWaiting(out current))
            {
                if (running.Count == 0) return null;
                current = await running.NextAsync().ConfigureAwait(false);
                current.Failure?.Throw();
            }

            // Other workers wait for a large one to be done with.
            if (!current.HoldsLarge && !slices.MayCut(current.Slice)) current.Slice.Waiting.Enqueue(current);
            else if (current.IsPutOff) large.Enqueue(current);
            else return Arrive(current);
        }
    }

    /// <inheritdoc/>
    public void AskRest(int place)
    {
        var read = current!;
        (current, read.Faces) = (null, read.Faces.From(place));
        var more = Math.Max(0, BufferSize.Of((int)read.Image.Size, ByteBuffer.LeastBytes) - read.Charge);
        read.Charge += more;
        share.Grow(more);
        running.BeginRest(read, stop.Token);
    }

    /// <summary>Ends the reads under way, then gives all buffers back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (running.Count > 0) await stop.CancelAsync().ConfigureAwait(false);
        GiveBack(ref current);
        while (running.Count > 0) GiveBack(await running.NextAsync().ConfigureAwait(false));
        foreach (var read in slices.Waiting.Concat(large)) GiveBack(read);
        share.Dispose();
        slices.Dispose();
        stop.Dispose();
    }

    private ArrivedImage Arrive(ImageRead read)
    {
        mayRead = Math.Min(MostReads, mayRead + MoreReads);
        return read.Arrive();
    }

    private void Fill()
    {
        while (reads < mayRead && (next ??= TakeNext()) is { } read && TryBegin(read)) next = null;
    }

    /// <summary>How much of an image is asked for first is guessed once, however long there is no room for it.</summary>
    private ImageRead? TakeNext()
    {
        if (!slices.TryTakeNext(out var slice, out var faces)) return null;
        var read = new ImageRead(slice, faces);
        if (read.Image.Size > ImageReader.OrdinaryBytes) read.Outcome = ReadOutcome.TooLarge;
        else read.First = read.Image.Size > 0 ? (int)Math.Min(read.Image.Size, slice.FirstBytesOf(faces, guess)) : UnknownBytes;
        return read;
    }

    /// <summary>Begins a read if there is room for it now. What is not read, or not yet, waits for its turn as if it had arrived.</summary>
    private bool TryBegin(ImageRead read)
    {
        if (read.Image.IsAbsent || read.IsPutOff)
        {
            read.Slice.Waiting.Enqueue(read);
        }
        else
        {
            read.Buffer = share.TryTake(read.First, out var charge);
            if (read.Buffer is null) return false;
            read.Charge = charge;
            running.Begin(read, read.First, read.Image.Size > 0 ? read.Image.Size : UnknownBytes, stop.Token);
        }

        reads++;
        return true;
    }

    /// <summary>Large images are read one at a time, and only for slices that go on, so that whoever holds one is done with it soon.</summary>
    private void BeginLarge()
    {
        if (largeRuns || !large.TryDequeue(out var read)) return;
        largeRuns = true;
        if (read.Buffer is not null) share.GiveBack(read.Buffer, read.Charge);
        (read.Buffer, read.Charge) = (new(), Math.Clamp(read.Image.Size, ImageReader.OrdinaryBytes, JobParameters.MaxFileBytes));
        share.Grow(read.Charge);
        running.BeginLarge(read, stop.Token);
    }

    private void GiveBack(ref ImageRead? read)
    {
        if (read is not null) GiveBack(read);
        read = null;
    }

    private void GiveBack(ImageRead read)
    {
        reads--;
        if (read.Buffer is not null) share.GiveBack(read.Buffer, read.Charge);
        if (!read.HoldsLarge) return;
        largeRuns = false;
        oneLarge.Release();
    }
}
