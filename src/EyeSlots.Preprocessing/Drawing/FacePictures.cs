using System.Buffers;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>
/// Small JPEG pictures of faces for pages: crops, and photographs with the slot that was cut from them. All are decoded and encoded anew, so that
/// nothing that a stranger has laid into a shard or beside it reaches who reads the page.
/// </summary>
/// <param name="parameters">How the slots were cut and are stored.</param>
public sealed class FacePictures(JobParameters parameters) : IDisposable
{
    private const int CropWidth = 240, CropHeight = 160, PhotographSide = 320, Quality = 85;
    private readonly SlotDecoder decoder = new();

    /// <summary>The crop of a row, shrunk where it is larger than a page needs.</summary>
    /// <returns>Null where the bytes are not the picture that the row states.</returns>
    public byte[]? Crop(ShardRow row)
    {
        if (decoder.ToBgr(row.Slot.Span, parameters.Format, row.Width, row.Height) is not { } bgr) return null;
        using var crop = Mat.FromPixelData(row.Height, row.Width, MatType.CV_8UC3, bgr);
        using var fitted = Fitted(crop, CropWidth, CropHeight);
        return Jpeg(fitted);
    }

    /// <summary>A photograph, shrunk.</summary>
    /// <param name="photograph">The file's bytes, which may be anything.</param>
    /// <returns>Null where they cannot be decoded.</returns>
    public static byte[]? Photograph(ReadOnlySpan<byte> photograph)
    {
        using var image = WholeImage.Decode(photograph, out _);
        if (image is null) return null;
        using var fitted = Fitted(image, PhotographSide, PhotographSide);
        return Jpeg(fitted);
    }

    /// <summary>The photograph of a row, shrunk, with its slot as the shard states it: the box before growing thin, the slot thick, and a line from its centre along θ.</summary>
    /// <param name="photograph">The file's bytes, which may be anything.</param>
    /// <param name="row">The face.</param>
    /// <returns>Null where they cannot be decoded, or are not of the size that the row states.</returns>
    public byte[]? Overlay(ReadOnlySpan<byte> photograph, ShardRow row)
    {
        using var image = WholeImage.Decode(photograph, out _);
        if (image is null || (image.Width, image.Height) != (row.ImageWidth, row.ImageHeight)) return null;
        using var fitted = Fitted(image, PhotographSide, PhotographSide);
        var slot = row.Geometry;
        var box = slot with { Width = slot.Width / (1 + parameters.Slot.GrowX), Height = slot.Height / (1 + parameters.Slot.GrowY) };
        SlotOverlay.DrawSlot(fitted, box, slot, fitted.Width / (double)image.Width);
        return Jpeg(fitted);
    }

    /// <summary>Frees the native decoders.</summary>
    public void Dispose() => decoder.Dispose();

    /// <summary>A picture, or where it is larger than it will be shown, its means at that size.</summary>
    internal static Mat Fitted(Mat picture, int width, int height)
    {
        var scale = Math.Min(width / (double)picture.Width, height / (double)picture.Height);
        return scale >= 1
            ? picture.Clone()
            : picture.Resize(new Size(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale))), 0, 0, InterpolationFlags.Area);
    }

    private static unsafe byte[] Jpeg(Mat picture)
    {
        ArrayBufferWriter<byte> output = new();
        var pixels = new Span<byte>((void*)picture.Data, checked((int)(picture.Step() * picture.Rows)));
        SlotEncoder.Encode(new PixelView(pixels, picture.Width, picture.Height, picture.Step()), SlotFormat.Jpeg, Quality, output);
        return output.WrittenSpan.ToArray();
    }
}
