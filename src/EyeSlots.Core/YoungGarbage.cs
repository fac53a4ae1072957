namespace EyeSlots.Core;

/// <summary>
/// Collects what is young before much of it lies about. The runtime by itself waits until as much was allocated as the processor's cache
/// holds, tens of megabytes on a server, and a program's own configuration cannot change that; so memory would grow with what streams by.
/// </summary>
/// <param name="oldest">The oldest generation of the runtime that is collected: 0, or 1 where what streams by outlives a collection.</param>
public sealed class YoungGarbage(int oldest)
{
    private const long MostBytes = 4 << 20;
    private long collected = GC.GetTotalAllocatedBytes();

    /// <summary>Collects, in well under a millisecond, where enough was allocated since the last time.</summary>
    public void CollectIfMuch()
    {
        if (GC.GetTotalAllocatedBytes() - collected < MostBytes) return;
        GC.Collect(oldest, GCCollectionMode.Forced);
        Collected();
    }

    /// <summary>All was collected by other means.</summary>
    public void Collected() => collected = GC.GetTotalAllocatedBytes();
}
