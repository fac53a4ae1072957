using System.Runtime.InteropServices;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Pixels outside the managed heap, reused from face to face. Not thread-safe.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Readable bytes behind the last pixel, for loads that are wider than a pixel.</summary>
    private const nuint Slack = 16;

    /// <summary>What one monster may leave held after it is done.</summary>
    private const nuint MostKept = 64 << 20;

    private nuint capacity;

    /// <summary>The first byte, or null before the first <see cref="Reserve"/>.</summary>
    public byte* Pointer { get; private set; }

    /// <summary>Makes room for at least so many bytes; the content is not kept.</summary>
    /// <exception cref="OutOfMemoryException">The machine has no more.</exception>
    public byte* Reserve(long bytes)
    {
        if (capacity >= (nuint)bytes) return Pointer;
        Free();
        Pointer = (byte*)NativeMemory.Alloc((nuint)bytes + Slack);
        capacity = (nuint)bytes;
        return Pointer;
    }

    /// <summary>Gives back what only a monster needed.</summary>
    public void Trim()
    {
        if (capacity > MostKept) Free();
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    ~NativeBuffer() => Free();

    private void Free()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
        capacity = 0;
    }
}
