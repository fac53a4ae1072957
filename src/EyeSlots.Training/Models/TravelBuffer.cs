using System.Runtime.InteropServices;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>Memory of torch's for the values of one batch, kept from batch to batch. A card reads pinned memory while the program goes on.</summary>
internal sealed class TravelBuffer(torch.ScalarType type, bool isPinned) : IDisposable
{
    private torch.Tensor memory = torch.empty(0, type).DetachFromDisposeScope();

    /// <summary>Room for values, which the caller writes; good until the next call.</summary>
    internal Span<T> Take<T>(int count)
        where T : unmanaged
    {
        if (memory.numel() < count) Grow(count);
        return MemoryMarshal.Cast<byte, T>(memory.bytes)[..count];
    }

    /// <summary>What was written, on the device. It travels while this returns; where the device is the CPU, it is the memory itself.</summary>
    internal torch.Tensor Send(torch.Device device, params long[] shape) =>
        memory.narrow(0, 0, shape.Aggregate(1L, (count, side) => count * side)).view(shape).to(device, non_blocking: true);

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    private void Grow(int count)
    {
        memory.Dispose();
        using var scope = torch.NewDisposeScope();
        var taken = torch.empty(count, type);
        memory = (isPinned ? taken.pin_memory() : taken).DetachFromDisposeScope();
    }
}
