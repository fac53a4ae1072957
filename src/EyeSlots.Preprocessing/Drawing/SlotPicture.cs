using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Drawing;

/// <summary>
/// Crops as pictures of a page: decoded, made no larger than the page shows them, and encoded anew, so that nothing that a stranger has laid
/// into a shard reaches who reads the page.
/// </summary>
public sealed class SlotPicture : IDisposable
{
    private const int MostWidth = 240, MostHeight = 160, Quality = 90;
    private readonly SlotDecoder decoder = new();

    /// <summary>A JPEG file of a row's crop; null where the crop is damaged.</summary>
    /// <param name="row">The row.</param>
    /// <param name="format">The dataset's format.</param>
    public byte[]? ToJpeg(ShardRow row, SlotFormat format)
    {
        if (decoder.ToBgr(row.Slot.Span, format, row.Width, row.Height) is not { } bgr) return null;
        using var crop = Mat.FromPixelData(row.Height, row.Width, MatType.CV_8UC3, bgr);
        using var shown = Shrunk(crop);
        return shown.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
    }

    /// <summary>Frees the native decoders.</summary>
    public void Dispose() => decoder.Dispose();

    /// <summary>A crop, or where it is larger than it will be shown, its means at that size.</summary>
    internal static Mat Shrunk(Mat crop, int mostWidth = MostWidth, int mostHeight = MostHeight)
    {
        var scale = Math.Min(mostWidth / (double)crop.Width, mostHeight / (double)crop.Height);
        return scale >= 1
            ? crop.Clone()
            : crop.Resize(new Size(Math.Max(1, (int)(crop.Width * scale)), Math.Max(1, (int)(crop.Height * scale))), 0, 0, InterpolationFlags.Area);
    }
}
