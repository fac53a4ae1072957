namespace EyeSlots.Training.Runs;

/// <summary>
/// Collects what steps and epochs leave before much of it lies about. The runtime by itself waits until as much was allocated as the
/// processor's cache holds, tens of megabytes on a server, and a program's own configuration cannot change that; so resident memory would
/// swing by as much, and grow with the faces.
/// </summary>
internal sealed class Garbage
{
    private const long MostBytesOfSteps = 4 << 20;
    private long collected;

    /// <summary>Collects what is young, well under a millisecond, if enough was allocated since the last time.</summary>
    public void AfterStep()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collected < MostBytesOfSteps) return;
        GC.Collect(0, GCCollectionMode.Forced);
        collected = allocated;
    }

    /// <summary>Collects all there is, some ten milliseconds, and gives back what floors, validation and the look for equal crops have taken.</summary>
    public void BeforeEpoch()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        collected = GC.GetTotalAllocatedBytes();
    }
}
