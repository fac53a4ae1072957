using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>Memory of torch's for the bytes of one batch, kept from batch to batch. A card reads pinned memory while the program goes on.</summary>
internal sealed class PixelBuffer(bool isPinned) : IDisposable
{
    private torch.Tensor memory = torch.empty(0, torch.ScalarType.Byte).DetachFromDisposeScope();

    /// <summary>Copies bytes; the tensor belongs to the caller and is good until the next call.</summary>
    internal torch.Tensor Write(ReadOnlySpan<byte> pixels)
    {
        if (memory.numel() < pixels.Length) Grow(pixels.Length);
        pixels.CopyTo(memory.bytes);
        return memory.narrow(0, 0, pixels.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => memory.Dispose();

    private void Grow(int bytes)
    {
        memory.Dispose();
        using var scope = torch.NewDisposeScope();
        var taken = torch.empty(bytes, torch.ScalarType.Byte);
        memory = (isPinned ? taken.pin_memory() : taken).DetachFromDisposeScope();
    }
}
