namespace EyeSlots.Training.Loading;

/// <summary>
/// The places of an epoch on their way through three hands: one thread reads windows, several decode, one consumer takes whole batches.
/// Who decodes takes places in their order, and never gets further ahead of the consumer than there are batches to fill. Whoever fails,
/// or stops, ends it for all.
/// </summary>
internal sealed class EpochPass
{
    private readonly object gate = new();
    private readonly Queue<SlotWindow> windows = new();
    private readonly BatchRing ring;
    private readonly int end;
    private readonly int mostHeld;
    private int next;
    private int held;
    private int wanted;
    private bool ended;
    private Exception? failure;

    /// <summary>Begins a pass.</summary>
    /// <param name="ring">The batches to fill.</param>
    /// <param name="first">The first place.</param>
    /// <param name="end">The place behind the last.</param>
    /// <param name="mostHeld">Faces that may be held encoded; one shard's are always allowed when none is held.</param>
    public EpochPass(BatchRing ring, int first, int end, int mostHeld)
    {
        (this.ring, this.end, this.mostHeld) = (ring, end, mostHeld);
        FirstPlace = next = first;
    }

    /// <summary>The first place of the pass.</summary>
    public int FirstPlace { get; }

    private bool HasRoom => held == 0 || held + wanted <= mostHeld;

    /// <summary>Waits until so many more faces may be held; false when the pass has ended.</summary>
    public bool WaitForRoom(int faces)
    {
        lock (gate)
        {
            wanted = faces;
            while (!ended && !HasRoom) Monitor.Wait(gate);
            (held, wanted) = (held + faces, 0);
            return !ended;
        }
    }

    /// <summary>Gives a window that was read.</summary>
    public void Offer(SlotWindow window)
    {
        lock (gate)
        {
            windows.Enqueue(window);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for a face to decode; false when there is none left, or the pass has ended.</summary>
    public bool TryTake(out EncodedSlot slot, out PendingBatch batch, out int place)
    {
        (slot, batch, place) = (default, null!, 0);
        lock (gate)
        {
            while (!ended && next < end && !(windows.Count > 0 && ring.IsFree(next))) Monitor.Wait(gate);
            if (ended || next >= end) return false;
            (batch, place) = ring.At(next);
            slot = windows.Peek().Take(next++);
            held--;
            if (next == windows.Peek().Plan.End) windows.Dequeue();
            if (next == end || (wanted > 0 && HasRoom)) Monitor.PulseAll(gate); // nothing else is waited for that a taken place brings
            return true;
        }
    }

    /// <summary>Says that a place of a batch is done.</summary>
    public void Complete(PendingBatch batch)
    {
        lock (gate)
        {
            if (--batch.Left == 0) Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until a batch is whole.</summary>
    /// <exception cref="Exception">What any of the threads has ended with.</exception>
    public FaceBatch WaitFor(int index, CancellationToken cancellation)
    {
        lock (gate)
        {
            while (!ended && !ring.IsWhole(index)) Monitor.Wait(gate);
            cancellation.ThrowIfCancellationRequested();
            if (failure is { } error) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
            return ring.BatchAt(index);
        }
    }

    /// <summary>Gives a batch back to be filled again.</summary>
    public void Release(int index)
    {
        lock (gate)
        {
            ring.Release(index);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Ends the pass for all, with an error or without; the first one counts.</summary>
    public void End(Exception? error = null)
    {
        lock (gate)
        {
            if (!ended) failure = error;
            ended = true;
            Monitor.PulseAll(gate);
        }
    }
}
