using System.Runtime.InteropServices;
using EyeSlots.Core;

namespace EyeSlots.Training.Runs;

/// <summary>
/// Gives memory back before much of it lies about: what is young, and what the C library keeps of libtorch's freed tensors, in more and more
/// pieces. Resident memory would else swing by tens of megabytes, and grow with the faces.
/// </summary>
/// <param name="time">Bounds the time that giving back may take.</param>
internal sealed partial class Garbage(TimeProvider time)
{
    private const long MostBytesFreed = 40 << 20;
    private const int StepsPerTrim = 100; // a trim takes a hundredth of the time at most; taking its pages again up to twice as much, for large networks
    private readonly YoungGarbage young = new(oldest: 0);
    private long resident, trimmed;
    private TimeSpan pause;

    /// <summary>Collects what is young, well under a millisecond, and trims the C library's memory, a few, each where much has gathered.</summary>
    public void AfterStep()
    {
        young.CollectIfMuch();
        if (time.GetElapsedTime(trimmed) > pause && Environment.WorkingSet - resident > MostBytesFreed) Trim();
    }

    /// <summary>Collects all there is, some ten milliseconds, and gives back what floors, validation and the look for equal crops have taken.</summary>
    public void BeforeEpoch()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        young.Collected();
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
