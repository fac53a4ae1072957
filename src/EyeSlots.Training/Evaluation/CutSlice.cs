using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Evaluation;

/// <summary>The faces of one slice with their encoded crops, in the order of the shard's rows that a job would make of them.</summary>
internal sealed class CutSlice(Slice slice) : IFaceCuts
{
    private readonly ArrayBufferWriter<byte> crops = new(1 << 16);
    private readonly Crop?[] cut = new Crop?[slice.Faces.Count];
    private readonly RejectCode?[] rejected = new RejectCode?[slice.Faces.Count];
    private int start;

    /// <inheritdoc/>
    public Slice Slice => slice;

    /// <inheritdoc/>
    public IBufferWriter<byte> Slot => crops;

    /// <inheritdoc/>
    public long CropBytes => crops.WrittenCount;

    /// <summary>All faces, with why one could not be cut.</summary>
    public IEnumerable<(SliceFace Face, RejectCode? Code)> Faces => slice.Faces.Zip(rejected);

    /// <summary>Faces that were cut.</summary>
    public int CutFaces { get; private set; }

    /// <inheritdoc/>
    public void Read(long bytes, long there)
    {
    }

    /// <inheritdoc/>
    public void Add(int place, in CropResult crop)
    {
        cut[place] = new(start..crops.WrittenCount, crop.Width, crop.Height);
        start = crops.WrittenCount;
        CutFaces++;
    }

    /// <inheritdoc/>
    public void Reject(int place, Rejection why)
    {
        rejected[place] = why.Code;
        start = crops.WrittenCount;
    }

    /// <summary>The faces that were cut as a network takes them, one behind the other: decoded and sampled as the loader does it.</summary>
    public byte[] Sample(SlotDecoder decoder, SlotFormat format, InputShape input)
    {
        var (pixels, bgr, augmenter) = (new byte[CutFaces * input.Bytes], new ByteBuffer(), new Augmenter(AugmentationOptions.None, input));
        var at = 0;
        foreach (var (bytes, width, height) in cut.OfType<Crop>())
        {
            if (!decoder.TryDecode(crops.WrittenSpan[bytes], format, width, height, bgr)) throw new InvalidOperationException($"A crop of {width} x {height} pixels that was just encoded does not decode.");
            CropSampler.Sample(bgr.Span, width, height, augmenter.Draw(0, width, height), input, pixels.AsSpan(at++ * input.Bytes, input.Bytes));
        }

        return pixels;
    }

    private readonly record struct Crop(Range Bytes, int Width, int Height);
}
