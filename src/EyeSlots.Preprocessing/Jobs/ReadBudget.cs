using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Bounds the bytes of all images that the workers of a process read ahead, together, and keeps their buffers from image to image. Workers that
/// read have equal shares. The first read of each is always allowed, so that none waits for memory which only itself could give back.
/// Safe to call from several threads.
/// </summary>
/// <param name="bytes">Most bytes of buffers, those in use and the spare ones.</param>
internal sealed class ReadBudget(long bytes)
{
    private const long LeastBytes = 32 << 20;
    private readonly Lock gate = new();
    private readonly SpareBuffers spare = new();
    private int workers;
    private long taken;

    /// <summary>A quarter of <c>--memory</c>, and at least 32 MB.</summary>
    /// <param name="memory">Bytes of <c>--memory</c>.</param>
    public static ReadBudget OfMemory(long memory) => new(Math.Max(memory / 4, LeastBytes));

    /// <summary>Bytes of the buffers in use.</summary>
    public long Taken
    {
        get
        {
            lock (gate) return taken;
        }
    }

    /// <summary>Bytes of the buffers that are kept and not in use.</summary>
    public long Spare
    {
        get
        {
            lock (gate) return spare.Bytes;
        }
    }

    /// <summary>The share of one worker, until it is disposed.</summary>
    public ReadShare Open()
    {
        lock (gate) workers++;
        return new(this);
    }

    /// <summary>A buffer for so many bytes, if a worker that has taken so many before may have them.</summary>
    internal ByteBuffer? TryTake(int size, long own, out long charge)
    {
        lock (gate)
        {
            charge = BufferSize.Of(size, ByteBuffer.LeastBytes);
            if (own > 0 && (own + charge > bytes / workers || taken + charge > bytes)) return null;
            var buffer = spare.TryTake(size) ?? new ByteBuffer();
            charge = Math.Max(charge, buffer.Capacity);
            taken += charge;
            spare.Shrink(bytes - taken);
            return buffer;
        }
    }

    /// <summary>Counts bytes by which a buffer in use grows, whatever the bound.</summary>
    internal void Grow(long more)
    {
        lock (gate)
        {
            taken += more;
            spare.Shrink(bytes - taken);
        }
    }

    /// <summary>Takes a buffer back.</summary>
    internal void GiveBack(ByteBuffer buffer, long charge)
    {
        lock (gate)
        {
            taken -= charge;
            if (buffer.Capacity is > 0 and <= ImageReader.OrdinaryBytes) spare.Add(buffer);
            spare.Shrink(bytes - taken);
        }
    }

    /// <summary>Ends a share.</summary>
    internal void Close()
    {
        lock (gate) workers--;
    }
}

/// <summary>What one worker may read ahead of a <see cref="ReadBudget"/>. Not thread-safe.</summary>
internal sealed class ReadShare(ReadBudget budget) : IDisposable
{
    private long own;

    /// <summary>A buffer for so many bytes, or null where there is no room for them now; the first is always given.</summary>
    /// <param name="size">Bytes.</param>
    /// <param name="charge">What it counts, to be given back with it.</param>
    public ByteBuffer? TryTake(int size, out long charge)
    {
        var buffer = budget.TryTake(size, own, out charge);
        if (buffer is not null) own += charge;
        return buffer;
    }

    /// <summary>Counts bytes by which a buffer in use grows: one that has begun must be able to end, whatever the bound.</summary>
    public void Grow(long more)
    {
        budget.Grow(more);
        own += more;
    }

    /// <summary>Gives a buffer back.</summary>
    public void GiveBack(ByteBuffer buffer, long charge)
    {
        budget.GiveBack(buffer, charge);
        own -= charge;
    }

    /// <summary>Ends the share; all buffers were given back.</summary>
    public void Dispose() => budget.Close();
}
