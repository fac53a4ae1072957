using System.Numerics;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Buffers that are not in use, by their sizes, so that a small image does not hold a large one's memory: with images of all sizes, hundreds of
/// buffers would else grow to the largest. Not thread-safe.
/// </summary>
internal sealed class SpareBuffers
{
    /// <summary>Sizes of a power of two, as <see cref="BufferSize"/> has them.</summary>
    private const int Steps = 8;

    private readonly Stack<ByteBuffer>?[] bySize = new Stack<ByteBuffer>?[32 * Steps];

    /// <summary>Bytes of all of them.</summary>
    public long Bytes { get; private set; }

    /// <summary>A buffer that has room for so many bytes and not twice as many; null where there is none.</summary>
    public ByteBuffer? TryTake(int size)
    {
        var least = ClassOf(BufferSize.Of(size, ByteBuffer.LeastBytes));
        for (var at = least; at < least + Steps; at++)
        {
            if (bySize[at] is not { Count: > 0 } stack) continue;
            Bytes -= stack.Peek().Capacity;
            return stack.Pop();
        }

        return null;
    }

    /// <summary>Keeps a buffer.</summary>
    public void Add(ByteBuffer buffer)
    {
        (bySize[ClassOf(buffer.Capacity)] ??= new()).Push(buffer);
        Bytes += buffer.Capacity;
    }

    /// <summary>Forgets buffers, the largest first, until the others have so many bytes at most.</summary>
    public void Shrink(long most)
    {
        for (var at = bySize.Length - 1; at >= 0 && Bytes > most; at--)
        {
            while (Bytes > most && bySize[at] is { Count: > 0 } stack) Bytes -= stack.Pop().Capacity;
        }
    }

    private static int ClassOf(int capacity)
    {
        var power = BitOperations.Log2((uint)capacity);
        return (power * Steps) + ((capacity - (1 << power)) / ((1 << power) / Steps));
    }
}
