using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>What one worker keeps from slice to slice, so that a row allocates nothing.</summary>
internal sealed class JobTools(BoundImages images, JobParameters parameters, MemoryGate gate, SemaphoreSlim oneLarge) : IDisposable
{
    /// <summary>Cuts the crops.</summary>
    public SlotCropper Cropper { get; } = new(parameters, gate);

    /// <summary>Reads images in turn.</summary>
    public ImageReader Reader { get; } = new(images, oneLarge);

    /// <summary>Frees native memory.</summary>
    public void Dispose() => Cropper.Dispose();
}
