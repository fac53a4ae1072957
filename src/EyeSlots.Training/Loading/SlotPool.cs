using EyeSlots.Core.Storage;

namespace EyeSlots.Training.Loading;

/// <summary>
/// Memory of encoded slots, used again from window to window. A slot's bytes come back as soon as it is decoded and serve the next
/// window, so that hardly more than one window's slots are held. Safe to use from several threads.
/// </summary>
internal sealed class SlotPool
{
    private const int LeastBytes = 1024, MostKept = 1 << 20;
    private readonly Dictionary<int, Stack<byte[]>> spare = [];
    private readonly Lock access = new();

    /// <summary>An array that has room for so many bytes.</summary>
    public byte[] Rent(int bytes)
    {
        var size = bytes > MostKept ? bytes : BufferSize.Of(bytes, LeastBytes);
        lock (access)
        {
            if (spare.TryGetValue(size, out var arrays) && arrays.TryPop(out var array)) return array;
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes an array back.</summary>
    public void Return(byte[] array)
    {
        if (array.Length is 0 or > MostKept) return;
        lock (access)
        {
            if (!spare.TryGetValue(array.Length, out var arrays)) spare[array.Length] = arrays = new();
            arrays.Push(array);
        }
    }
}
