namespace EyeSlots.Reporting.Datasets;

/// <summary>
/// Collects what is young before much of it lies about. The runtime by itself waits until as much was allocated as the processor's cache
/// holds, tens of megabytes on a server, and a program's own configuration cannot change that; so memory would grow with the shards.
/// </summary>
internal sealed class Garbage
{
    private const long MostBytes = 4 << 20;
    private long collected = GC.GetTotalAllocatedBytes();

    /// <summary>Collects, in well under a millisecond, where enough was allocated since the last time.</summary>
    public void AfterShard()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collected < MostBytes) return;
        GC.Collect(1, GCCollectionMode.Forced);
        collected = allocated;
    }
}
