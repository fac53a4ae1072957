using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Receives the faces of a slice in its order, each once.</summary>
public interface IFaceCuts
{
    /// <summary>The encoded crop under way; whatever a rejected face has left in it does not count.</summary>
    IBufferWriter<byte> Slot { get; }

    /// <summary>A face whose crop was written to <see cref="Slot"/>.</summary>
    void Add(SliceFace face, in CropResult crop);

    /// <summary>A face that cannot be cut.</summary>
    void Reject(SliceFace face, Rejection why);
}
