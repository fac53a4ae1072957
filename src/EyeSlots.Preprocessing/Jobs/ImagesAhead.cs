using System.Diagnostics.CodeAnalysis;
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

    /// <summary>Slices that are begun and not yet cut: more than are cut while a read stalls for seconds.</summary>
    private const int MostSlices = 12;

    /// <summary>Bytes of crops beyond which only the oldest slice goes on. Twelve shards of ordinary crops have fewer.</summary>
    private const long MostCropBytes = 64 << 20;

    /// <summary>What an image counts whose size is not known; a larger one is read by itself.</summary>
    private const int UnknownBytes = 2 << 20;

    private readonly IEnumerator<IFaceCuts> coming;
    private readonly RunningReads running;
    private readonly ReadShare share;
    private readonly SemaphoreSlim oneLarge;
    private readonly FirstBytes guess;
    private readonly CancellationTokenSource stop;
    private readonly List<SliceUnderWay> slices = [];
    private readonly Queue<ImageRead> large = new();
    private ImageRead? current;
    private bool largeRuns;
    private int reads;

    /// <summary>Begins nothing yet.</summary>
    public ImagesAhead(IEnumerable<IFaceCuts> slices, BoundImages images, ReadBudget budget, SemaphoreSlim oneLarge, FirstBytes guess, CancellationToken cancellation)
    {
        (coming, running, share) = (slices.GetEnumerator(), new(images, oneLarge), budget.Open());
        (this.oneLarge, this.guess, stop) = (oneLarge, guess, CancellationTokenSource.CreateLinkedTokenSource(cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<ArrivedImage?> NextAsync()
    {
        GiveBack(ref current);
        slices.RemoveAll(static slice => slice.IsDone);

        // Reads go on in the threads of the pool, of which a worker that never waits would keep one to itself.
        await Task.Yield();
        while (true)
        {
            Fill();
            BeginLarge();
            if (!TryTakeWaiting(out current))
            {
                if (running.Count == 0) return null;
                current = await running.NextAsync().ConfigureAwait(false);
                current.Failure?.Throw();
            }

            // Other workers wait for a large one to be done with.
            if (!current.HoldsLarge && !MayCut(current.Slice)) current.Slice.Waiting.Enqueue(current);
            else if (current.IsPutOff) large.Enqueue(current);
            else return current.Arrive();
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
        foreach (var read in slices.SelectMany(slice => slice.Waiting).Concat(large)) GiveBack(read);
        share.Dispose();
        coming.Dispose();
        stop.Dispose();
    }

    private void Fill()
    {
        while (reads < MostReads && TryPeek(out var slice, out var faces) && TryBegin(new(slice, faces))) slice.Ask(faces);
    }

    private bool TryPeek([NotNullWhen(true)] out SliceUnderWay? slice, out FaceGroup faces)
    {
        slice = slices.Count > 0 ? slices[^1] : null;
        faces = default;
        while (slice is null || !slice.TryPeek(out faces))
        {
            if (slices.Count == MostSlices || !coming.MoveNext()) return false;
            slices.Add(slice = new(coming.Current));
        }

        return true;
    }

    /// <summary>Begins a read if there is room for it now. What is not read, or not yet, waits for its turn as if it had arrived.</summary>
    private bool TryBegin(ImageRead read)
    {
        if (read.Image.Size > ImageReader.OrdinaryBytes) read.Outcome = ReadOutcome.TooLarge;
        if (read.Image.IsAbsent || read.IsPutOff)
        {
            read.Slice.Waiting.Enqueue(read);
        }
        else
        {
            var size = read.Image.Size > 0 ? (int)read.Image.Size : UnknownBytes;
            var first = read.Image.Size > 0 ? (int)Math.Min(size, read.Slice.FirstBytesOf(read.Faces, guess)) : size;
            read.Buffer = share.TryTake(first, out var charge);
            if (read.Buffer is null) return false;
            read.Charge = charge;
            running.Begin(read, first, size, stop.Token);
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

    private bool TryTakeWaiting([NotNullWhen(true)] out ImageRead? read)
    {
        foreach (var slice in slices)
        {
            if (slice.Waiting.Count == 0 || !MayCut(slice)) continue;
            read = slice.Waiting.Dequeue();
            return true;
        }

        read = null;
        return false;
    }

    private bool MayCut(SliceUnderWay slice) => slice == slices[0] || slices.Sum(static one => one.Cuts.CropBytes) < MostCropBytes;

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
