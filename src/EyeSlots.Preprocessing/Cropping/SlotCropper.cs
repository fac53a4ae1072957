using System.Buffers;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>
/// From a photograph and a face's eye points to the encoded crop. One for each worker thread: its buffers are reused from face to
/// face, and nothing is allocated on the managed heap for a JPEG that becomes a crop.
/// </summary>
/// <param name="parameters">Geometry, limits and encoding.</param>
/// <param name="gate">Shared by all workers of the process.</param>
public sealed class SlotCropper(JobParameters parameters, MemoryGate gate) : IDisposable
{
    /// <summary>Pixels decoded around the region that the warp reads: there a region decode may differ from a full one.</summary>
    private const int Rim = 2;

    /// <summary>Pixels whose encoding surely fits into one buffer: landmarks may span anything.</summary>
    internal const long LargestCrop = 100_000_000;

    /// <summary>The longest side that OpenCV warps.</summary>
    private const int LongestSide = short.MaxValue - 1;

    private readonly ImageDecoder decoder = new();
    private readonly NativeBuffer regionPixels = new();
    private readonly NativeBuffer cropPixels = new();
    private readonly NativeBuffer resizedPixels = new();

    /// <summary>Cuts one face.</summary>
    /// <param name="file">The photograph's bytes, of any format.</param>
    /// <param name="eyes">46 numbers as in <see cref="EyeLandmarks"/>.</param>
    /// <param name="output">Receives the encoded crop; untouched when the face is rejected.</param>
    public CropResult Crop(ReadOnlySpan<byte> file, ReadOnlySpan<double> eyes, IBufferWriter<byte> output) => Crop(file, file.Length, eyes, output);

    /// <summary>
    /// Cuts one face from a photograph or its start. A start gives the crop that the whole photograph gives, to the last byte, or
    /// <see cref="CropResult.RanOut"/>: never a rejection, which the bytes behind it might take back.
    /// </summary>
    /// <param name="start">The photograph's first bytes, or all.</param>
    /// <param name="size">Bytes of the whole photograph.</param>
    /// <param name="eyes">46 numbers as in <see cref="EyeLandmarks"/>.</param>
    /// <param name="output">Receives the encoded crop; untouched where there is none.</param>
    public CropResult Crop(ReadOnlySpan<byte> start, long size, ReadOnlySpan<double> eyes, IBufferWriter<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, start.Length);
        var result = TryCrop(new(start, size), eyes, output);
        return result.Rejection is not null && start.Length < size ? new() { RanOut = true } : result;
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        decoder.Dispose();
        regionPixels.Dispose();
        cropPixels.Dispose();
        resizedPixels.Dispose();
    }

    private static bool IsMonstrous(PixelSize crop, PixelRegion source)
    {
        var longest = Math.Max(Math.Max(crop.Width, crop.Height), Math.Max(source.Width, source.Height));
        return longest > LongestSide || (long)crop.Width * crop.Height > LargestCrop;
    }

    private static CropResult Reject(RejectCode code, string detail) => new() { Rejection = new(code, detail) };

    private CropResult TryCrop(Photograph photograph, ReadOnlySpan<double> eyes, IBufferWriter<byte> output)
    {
        if (!SlotGeometry.TryFind(eyes, parameters.Slot, out var slot, out var why)) return Reject(RejectCode.LandmarksInvalid, why!);
        if (photograph.Bytes.IsEmpty) return Reject(RejectCode.ImageEmpty, "the file has no bytes");
        if (!HeaderReader.TryRead(photograph.Bytes, out var header, out why)) return Reject(RejectCode.ImageUnreadable, why!);
        if (photograph.IsStart && !header.IsReadFromTop) return new() { RanOut = true };
        if (header.Pixels > parameters.MaxPixels)
        {
            return Reject(RejectCode.ImageTooLarge, $"{header.Width} x {header.Height} pixels are more than {parameters.MaxPixels}");
        }

        var face = new Face(header, slot, slot.SourceRegion(header.Width, header.Height, 0), slot.SourceRegion(header.Width, header.Height, Rim));
        if (IsMonstrous(slot.CropSize, face.Source)) return Reject(RejectCode.ImageTooLarge, "the slot is larger than any eye slot");
        var cost = DecodeCost.Of(header, face.Padded, slot.CropSize);
        if (cost.Bytes > gate.Bytes) return new() { Rejection = new(RejectCode.ImageTooLarge, "decoding does not fit into --memory") { ByMemory = true } };
        var coverage = slot.Coverage(header.Width, header.Height);
        if (coverage < parameters.MinCoverage || face.Source.Width == 0)
        {
            return Reject(RejectCode.SlotOutside, FormattableString.Invariant($"{coverage:P1} of the slot lies inside the image"));
        }

        return cost.IsMonster ? CutAlone(photograph, face, coverage, output) : Cut(photograph, face, coverage, output);
    }

    private CropResult CutAlone(Photograph photograph, in Face face, double coverage, IBufferWriter<byte> output)
    {
        gate.Enter();
        try
        {
            return Cut(photograph, face, coverage, output);
        }
        finally
        {
            regionPixels.Trim();
            cropPixels.Trim();
            resizedPixels.Trim();
            gate.Leave();
        }
    }

    private CropResult Cut(Photograph photograph, in Face face, double coverage, IBufferWriter<byte> output)
    {
        var decoded = Decode(photograph, face, out var view);
        if (decoded.Rejection is not null || decoded.RanOut) return new() { Rejection = decoded.Rejection, RanOut = decoded.RanOut };
        var own = face.Slot.CropSize;
        var crop = Room(cropPixels, own);
        PixelWarp.Warp(view, Shift(face.Slot.CropToImage(), face.Source), crop);
        if (parameters.Size is { } wanted && wanted != own)
        {
            var resized = Room(resizedPixels, wanted);
            PixelWarp.Resize(crop, resized);
            crop = resized;
        }

        SlotEncoder.Encode(crop, parameters.Format, parameters.Quality, output);
        return new(null, face.Slot, coverage, crop.Width, crop.Height, face.Header.Width, face.Header.Height)
        {
            BytesNeeded = decoded.BytesUsed < photograph.Size ? decoded.BytesUsed : 0,
        };
    }

    private DecodeResult Decode(Photograph photograph, in Face face, out PixelView view)
    {
        var (source, padded) = (face.Source, face.Padded);
        Span<double> corners = stackalloc double[8];
        CornersOf(face.Slot, corners);
        var room = Room(regionPixels, new(padded.Width, padded.Height));
        view = room.Part(source with { X = source.X - padded.X, Y = source.Y - padded.Y });
        return decoder.Decode(photograph.Bytes, photograph.Size, face.Header, padded, room.Bytes, gate.Bytes, corners);
    }

    // Around the centres of the crop's pixels, in the image.
    private static void CornersOf(in EyeSlot slot, Span<double> corners)
    {
        var (map, size) = (slot.CropToImage(), slot.CropSize);
        for (var i = 0; i < 4; i++)
        {
            (corners[2 * i], corners[(2 * i) + 1]) = map.Map(i is 1 or 2 ? size.Width - 1 : 0, i > 1 ? size.Height - 1 : 0);
        }
    }

    private static PixelView Room(NativeBuffer buffer, PixelSize size) => new(buffer.Reserve(PixelView.BytesOf(size.Width, size.Height)), size);

    private static Affine Shift(Affine toImage, PixelRegion region) => toImage with { Dx = toImage.Dx - region.X, Dy = toImage.Dy - region.Y };

    /// <summary>A photograph's first bytes, or all of them.</summary>
    private readonly ref struct Photograph(ReadOnlySpan<byte> bytes, long size)
    {
        public ReadOnlySpan<byte> Bytes { get; } = bytes;

        public long Size { get; } = size;

        public bool IsStart => Bytes.Length < Size;
    }

    /// <summary>What is cut from which image.</summary>
    /// <param name="Header">The image's.</param>
    /// <param name="Slot">In the image.</param>
    /// <param name="Source">The warp reads exactly this region, whatever decoded it, so pixels cannot depend on the path.</param>
    /// <param name="Padded">The same with its rim.</param>
    private readonly record struct Face(ImageHeader Header, EyeSlot Slot, PixelRegion Source, PixelRegion Padded);
}
