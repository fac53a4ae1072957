using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>What one worker keeps from slice to slice, so that a row allocates nothing.</summary>
internal sealed class JobTools(IObjectStore images, JobParameters parameters, MemoryGate gate, SemaphoreSlim oneLarge) : IDisposable
{
    /// <summary>Cuts the crops.</summary>
    public SlotCropper Cropper { get; } = new(parameters, gate);

    /// <summary>Reads images ahead.</summary>
    public BoundImages Images { get; } = new(images);

    /// <summary>Reads images that were not read ahead.</summary>
    public ImageReader Reader { get; } = new(new(images), oneLarge);

    /// <summary>Buffers for reads ahead.</summary>
    public Stack<ByteBuffer> Spare { get; } = new();

    /// <summary>Frees native memory.</summary>
    public void Dispose() => Cropper.Dispose();
}
