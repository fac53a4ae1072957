using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Receives the faces of a slice, each once, in the order in which their images are there.</summary>
public interface IFaceCuts
{
    /// <summary>The slice.</summary>
    Slice Slice { get; }

    /// <summary>The encoded crop under way; whatever a rejected face has left in it does not count.</summary>
    IBufferWriter<byte> Slot { get; }

    /// <summary>Bytes of all crops so far: how many slices may wait for a slow image depends on them.</summary>
    long CropBytes { get; }

    /// <summary>An image of the slice was read, or the rest of one whose start was not enough.</summary>
    /// <param name="bytes">Bytes that were read.</param>
    /// <param name="there">Bytes that the image has; 0 for the rest of one.</param>
    void Read(long bytes, long there);

    /// <summary>The face at a place of the slice, whose crop was written to <see cref="Slot"/>.</summary>
    void Add(int place, in CropResult crop);

    /// <summary>The face at a place of the slice, which cannot be cut.</summary>
    void Reject(int place, Rejection why);
}
