using System.Buffers;
using Apache.Arrow.Memory;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>
/// Memory of the garbage collector for input batches: a function may keep a batch as long as it likes, return it as output, and
/// need not dispose of it.
/// </summary>
internal sealed class CollectedMemory : MemoryAllocator
{
    internal static CollectedMemory Shared { get; } = new();

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        bytesAllocated = length;
        return new Owner(GC.AllocateUninitializedArray<byte>(length));
    }

    private sealed class Owner(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
        }
    }
}
