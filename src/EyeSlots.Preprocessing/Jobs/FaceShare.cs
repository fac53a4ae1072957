using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Some faces of a shard, which one worker cuts as if they were a slice.</summary>
/// <param name="shard">Their shard.</param>
/// <param name="part">Where the worker collects what it cuts of that shard.</param>
/// <param name="slice">The faces.</param>
/// <param name="first">The place of the first of them in the shard's slice.</param>
internal sealed class FaceShare(SharedShard shard, ShardPart part, Slice slice, int first) : IFaceCuts
{
    /// <summary>Their shard.</summary>
    public SharedShard Shard => shard;

    /// <inheritdoc/>
    public Slice Slice => slice;

    /// <inheritdoc/>
    public IBufferWriter<byte> Slot => part.Builder.Slot;

    /// <inheritdoc/>
    public long CropBytes => part.CropBytes;

    /// <inheritdoc/>
    public void Read(long bytes, long there) => part.Read(bytes, there);

    /// <inheritdoc/>
    public void Add(int place, in CropResult crop) =>
        part.Builder.Add(first + place, crop.Slot, crop.Coverage, crop.Width, crop.Height, crop.ImageWidth, crop.ImageHeight);

    /// <inheritdoc/>
    public void Reject(int place, Rejection why) => part.Builder.Reject(first + place, why);
}
