using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Evaluation;

/// <summary>The faces of one slice with their encoded crops, in the order of the shard's rows that a job would make of them.</summary>
internal sealed class CutSlice : IFaceCuts
{
    private readonly ArrayBufferWriter<byte> crops = new(1 << 16);
    private readonly List<Crop> cut = [];
    private int start;

    /// <inheritdoc/>
    public IBufferWriter<byte> Slot => crops;

    /// <summary>All faces, with why one could not be cut.</summary>
    public List<(SliceFace Face, RejectCode? Code)> Faces { get; } = [];

    /// <summary>Faces that were cut.</summary>
    public int CutFaces => cut.Count;

    /// <inheritdoc/>
    public void Add(SliceFace face, in CropResult crop)
    {
        Faces.Add((face, null));
        cut.Add(new(start..crops.WrittenCount, crop.Width, crop.Height));
        start = crops.WrittenCount;
    }

    /// <inheritdoc/>
    public void Reject(SliceFace face, Rejection why)
    {
        Faces.Add((face, why.Code));
        start = crops.WrittenCount;
    }

    /// <summary>The faces that were cut as a network takes them, one behind the other: decoded and sampled as the loader does it.</summary>
    public byte[] Sample(SlotDecoder decoder, SlotFormat format, InputShape input)
    {
        var (pixels, bgr, augmenter) = (new byte[cut.Count * input.Bytes], new ByteBuffer(), new Augmenter(AugmentationOptions.None, input));
        for (var at = 0; at < cut.Count; at++)
        {
            var (bytes, width, height) = cut[at];
            if (!decoder.TryDecode(crops.WrittenSpan[bytes], format, width, height, bgr)) throw new InvalidOperationException($"A crop of {width} x {height} pixels that was just encoded does not decode.");
            CropSampler.Sample(bgr.Span, width, height, augmenter.Draw(0, width, height), input, pixels.AsSpan(at * input.Bytes, input.Bytes));
        }

        return pixels;
    }

    private readonly record struct Crop(Range Bytes, int Width, int Height);
}
