using System.Runtime.InteropServices;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Pixels outside the managed heap, reused from face to face. Not thread-safe.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>The most that can be asked for.</summary>
    public const int Most = int.MaxValue - Slack;

    /// <summary>Bytes behind those asked for, for loads that are wider than a pixel.</summary>
    private const int Slack = 16;

    /// <summary>What one monster may leave held after it is done.</summary>
    private const int MostKept = 64 << 20;

    private int capacity;

    private byte* pointer;

    /// <summary>Makes room for at least so many bytes; the content is not kept.</summary>
    /// <returns>All that there is, which may be more. Good until the next call of any other member.</returns>
    /// <exception cref="OutOfMemoryException">The machine has no more.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Less than nothing, or more than a span can name.</exception>
    public Span<byte> Reserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, Most);
        var wanted = (int)bytes + Slack;
        if (capacity < wanted)
        {
            Free();
            pointer = (byte*)NativeMemory.Alloc((nuint)wanted);
            capacity = wanted;
        }

        return new(pointer, capacity);
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
        NativeMemory.Free(pointer);
        pointer = null;
        capacity = 0;
    }
}
