using System.Runtime.InteropServices;

namespace EyeSlots.Training.Runs;

/// <summary>
/// Gives memory back before much of it lies about. The runtime by itself collects when as much was allocated as the processor's cache holds,
/// tens of megabytes on a server, and a program's own configuration cannot change that; and the C library keeps what libtorch has freed, in
/// more and more pieces. So resident memory would swing by as much, and grow with the faces.
/// </summary>
/// <param name="time">Bounds the time that giving back may take.</param>
internal sealed partial class Garbage(TimeProvider time)
{
    private const long MostBytesOfSteps = 4 << 20, MostBytesFreed = 40 << 20;
    private const int StepsPerTrim = 100; // a trim takes a hundredth of the time at most; taking its pages again up to twice as much, for large networks
    private long collected, resident, trimmed;
    private TimeSpan pause;

    /// <summary>Collects what is young, well under a millisecond, and trims the C library's memory, a few, each where much has gathered.</summary>
    public void AfterStep()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        if (allocated - collected >= MostBytesOfSteps)
        {
            GC.Collect(0, GCCollectionMode.Forced);
            collected = allocated;
        }

        if (Environment.WorkingSet - resident > MostBytesFreed && time.GetElapsedTime(trimmed) > pause) Trim();
    }

    /// <summary>Collects all there is, some ten milliseconds, and gives back what floors, validation and the look for equal crops have taken.</summary>
    public void BeforeEpoch()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        collected = GC.GetTotalAllocatedBytes();
        Trim();
    }

    private void Trim()
    {
        var start = time.GetTimestamp();
        _ = TrimAllocator(0);
        (resident, trimmed) = (Environment.WorkingSet, time.GetTimestamp());
        pause = StepsPerTrim * time.GetElapsedTime(start, trimmed);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimAllocator(nuint kept);
}
