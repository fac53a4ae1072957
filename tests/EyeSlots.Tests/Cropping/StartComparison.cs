using System.Buffers;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Cropping;

/// <summary>
/// Holds what a photograph's starts give against what all of it gives: the same crop to the last byte, or that they ran out. Behind each
/// start lie other bytes than the photograph's, so that whoever looks there is found.
/// </summary>
internal sealed class StartComparison : IDisposable
{
    private readonly JobParameters parameters;
    private readonly MemoryGate gate;
    private readonly SlotCropper warm;
    private readonly ArrayBufferWriter<byte> expected = new(1 << 16), found = new(1 << 16);

    /// <param name="parameters">Of the crops.</param>
    /// <param name="memory">Bytes for one photograph.</param>
    public StartComparison(JobParameters parameters, long memory)
    {
        (this.parameters, gate) = (parameters, new(memory));
        warm = new(parameters, gate);
    }

    /// <summary>Starts that gave a crop so far.</summary>
    public int Crops { get; private set; }

    /// <summary>Starts that ran out so far.</summary>
    public int RanOut { get; private set; }

    /// <summary>
    /// Lengths of starts: around each of the first markers, around what is needed, and drawn ones.
    /// </summary>
    public static IEnumerable<int> Lengths(byte[] file, long needed, Random random, int drawn)
    {
        const int MostMarkers = 40;
        List<int> places = [0, (int)needed, (int)needed - 48, (int)needed - 24, file.Length, file.Length - 15];
        for (var at = 0; at + 1 < file.Length && places.Count < MostMarkers; at++)
        {
            if (file[at] == 0xFF && file[at + 1] is not 0) places.Add(at);
        }

        var around = places.SelectMany(place => Enumerable.Range(place - 2, 6));
        return around.Concat(Enumerable.Range(0, drawn).Select(_ => random.Next(file.Length))).Where(length => length >= 0 && length < file.Length).Distinct().Order();
    }

    /// <summary>Compares starts of these lengths, or of every one.</summary>
    /// <returns>What all of the photograph gives.</returns>
    /// <exception cref="InvalidOperationException">One gives something else.</exception>
    public CropResult Compare(byte[] file, double[] eyes, Func<CropResult, IEnumerable<int>>? lengths = null)
    {
        expected.ResetWrittenCount();
        var whole = warm.Crop(file, eyes, expected);
        var others = Array.ConvertAll(file, value => (byte)~value);
        var known = 0;
        foreach (var length in lengths?.Invoke(whole) ?? Enumerable.Range(0, file.Length))
        {
            file.AsSpan(known, length - known).CopyTo(others.AsSpan(known));
            known = length;
            Compare(others.AsSpan(0, length), file.Length, eyes, whole, warm);
            if (length % 7 != 0) continue;

            // A cropper that knows no Huffman table yet decodes by the library alone.
            using var cold = new SlotCropper(parameters, gate);
            Compare(others.AsSpan(0, length), file.Length, eyes, whole, cold);
        }

        return whole;
    }

    public void Dispose()
    {
        warm.Dispose();
        gate.Dispose();
    }

    private void Compare(ReadOnlySpan<byte> start, int size, double[] eyes, in CropResult whole, SlotCropper cropper)
    {
        found.ResetWrittenCount();
        var result = cropper.Crop(start, size, eyes, found);
        if (result.RanOut)
        {
            RanOut++;
            if (result != new CropResult { RanOut = true } || found.WrittenCount > 0) throw new InvalidOperationException($"{start.Length} of {size} bytes ran out and say {result}.");
            return;
        }

        Crops++;
        if (result with { BytesNeeded = 0 } != whole with { BytesNeeded = 0 } || result.Rejection is not null || !found.WrittenSpan.SequenceEqual(expected.WrittenSpan))
        {
            throw new InvalidOperationException($"{start.Length} of {size} bytes give {result}, and all of them {whole}.");
        }
    }
}
