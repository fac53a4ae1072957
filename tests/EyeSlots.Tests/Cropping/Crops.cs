using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Cropping;

/// <summary>Cuts one face as the job does.</summary>
internal static class Crops
{
    public static JobParameters Raw { get; } = new() { Format = SlotFormat.Raw };

    /// <summary>Larger files have starts that are too many to hold against them in every test.</summary>
    private const int MostCompared = 1 << 20;

    /// <summary>The result and the encoded crop, which is empty for a rejected face.</summary>
    public static (CropResult Result, byte[] Slot) Cut(byte[] file, double[] eyes, JobParameters? parameters = null, long memory = Decoding.Decoded.Memory)
    {
        using var gate = new MemoryGate(memory);
        using var cropper = new SlotCropper(parameters ?? Raw, gate);
        var output = new ArrayBufferWriter<byte>(1 << 16);
        var first = cropper.Crop(file, eyes, output).Rejection;
        output.ResetWrittenCount();
        var result = cropper.Crop(file, eyes, output); // the second JPEG with the same tables is read by our own Huffman decoder
        Assert.Equal(first, result.Rejection);
        if (result.Rejection is not null) Assert.Equal(0, output.WrittenCount);
        using var starts = new StartComparison(parameters ?? Raw, memory);
        if (file.Length < MostCompared) starts.Compare(file, eyes, whole => StartComparison.Lengths(file, whole.BytesNeeded, new Random(file.Length), 4).Where(length => length % 5 == 0));
        return (result, output.WrittenSpan.ToArray());
    }

    /// <summary>The crop's bytes, or a failed test.</summary>
    public static byte[] Good(byte[] file, double[] eyes, JobParameters? parameters = null)
    {
        var (result, slot) = Cut(file, eyes, parameters);
        Assert.True(result.Rejection is null, result.Rejection?.Detail);
        return slot;
    }

    /// <summary>Asserts that the face is rejected with the code.</summary>
    public static string Rejected(RejectCode code, byte[] file, double[] eyes, JobParameters? parameters = null, long memory = Decoding.Decoded.Memory)
    {
        var (result, _) = Cut(file, eyes, parameters, memory);
        Assert.Equal(code, result.Rejection?.Code);
        return result.Rejection!.Detail;
    }
}
