using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Loading;

/// <summary>A batch on its way.</summary>
/// <param name="batch">The batch.</param>
internal sealed class PendingBatch(FaceBatch batch)
{
    /// <summary>The batch.</summary>
    public FaceBatch Batch => batch;

    /// <summary>Places that are not done yet.</summary>
    public int Left { get; set; }

    /// <summary>Which batch of the epoch it is or was; -1 before its first use.</summary>
    public int Index { get; set; } = -1;
}

/// <summary>The batches that are filled beside each other; each is used again once the consumer gave it back. Not safe for several threads.</summary>
internal sealed class BatchRing
{
    private readonly PendingBatch[] ring;
    private readonly int size;
    private int epoch, end, released;

    /// <summary>Lays out so many batches of so many faces.</summary>
    public BatchRing(int batches, int size, InputShape input)
    {
        this.size = size;
        ring = [.. Enumerable.Range(0, batches).Select(_ => new PendingBatch(new(size, input)))];
    }

    /// <summary>Begins an epoch of so many places with one of its batches.</summary>
    public void Begin(int epoch, int places, int firstBatch)
    {
        (this.epoch, end, released) = (epoch, places, firstBatch);
        foreach (var pending in ring) pending.Index = -1;
    }

    /// <summary>Whether there is a batch for a place of the epoch.</summary>
    public bool IsFree(int place) => place / size < released + ring.Length;

    /// <summary>The batch of a place, and the place in it.</summary>
    public (PendingBatch Batch, int Place) At(int place)
    {
        var index = place / size;
        var pending = ring[index % ring.Length];
        if (pending.Index != index)
        {
            var count = Math.Min(size, end - (index * size));
            (pending.Index, pending.Left) = (index, count);
            pending.Batch.Reset(epoch, index, count);
        }

        return (pending, place % size);
    }

    /// <summary>Whether all places of a batch are done.</summary>
    public bool IsWhole(int index) => ring[index % ring.Length] is { Left: 0 } pending && pending.Index == index;

    /// <summary>A batch of the epoch.</summary>
    public FaceBatch BatchAt(int index) => ring[index % ring.Length].Batch;

    /// <summary>Lets the batch be filled again.</summary>
    public void Release(int index) => released = index + 1;
}
