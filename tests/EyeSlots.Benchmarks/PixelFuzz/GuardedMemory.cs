using System.Runtime.InteropServices;

namespace EyeSlots.Benchmarks.PixelFuzz;

/// <summary>
/// Memory between two pages that nobody may touch: a byte read or written beside what was taken ends the process, with sanitizers and
/// without, and also in a library that they did not build.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int None = 0, ReadAndWrite = 3, PrivateAndAnonymous = 0x22;
    private static readonly int Page = Environment.SystemPageSize;

    private readonly byte* start;
    private readonly int capacity;

    public GuardedMemory(int bytes)
    {
        capacity = (bytes + Page - 1) / Page * Page;
        var all = MemoryMap(0, (nuint)(capacity + (2 * Page)), ReadAndWrite, PrivateAndAnonymous, -1, 0);
        if (all == -1) throw new OutOfMemoryException();
        start = (byte*)all + Page;
        if (Protect(all, (nuint)Page, None) != 0 || Protect(all + Page + capacity, (nuint)Page, None) != 0) throw new InvalidOperationException("mprotect failed.");
    }

    /// <summary>The most that can be taken.</summary>
    public int Capacity => capacity;

    /// <summary>So many bytes that touch one of the two pages.</summary>
    public Span<byte> Take(int bytes, bool atTheEnd)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, capacity);
        return new(atTheEnd ? start + capacity - bytes : start, bytes);
    }

    /// <summary>A copy that touches one of the two pages.</summary>
    public Span<byte> Copy(ReadOnlySpan<byte> bytes, bool atTheEnd)
    {
        var taken = Take(bytes.Length, atTheEnd);
        bytes.CopyTo(taken);
        return taken;
    }

    public void Dispose() => MemoryUnmap((nint)(start - Page), (nuint)(capacity + (2 * Page)));

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(nint address, nuint length);
}
