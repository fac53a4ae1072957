using System.Buffers;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Cropping;

/// <summary>Encodes a crop as the <c>slot</c> column holds it.</summary>
internal static unsafe class SlotEncoder
{
    /// <summary>Appends the encoded crop to the output.</summary>
    /// <param name="crop">BGR pixels without gaps between rows.</param>
    /// <param name="format">jpeg, png or raw (RGB).</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    /// <param name="output">Receives the bytes.</param>
    public static void Encode(PixelView crop, SlotFormat format, int quality, IBufferWriter<byte> output)
    {
        switch (format)
        {
            case SlotFormat.Jpeg: EncodeJpeg(crop, quality, output); break;
            case SlotFormat.Png: EncodePng(crop, output); break;
            default: WriteRgb(crop, output); break;
        }
    }

    private static void EncodeJpeg(PixelView crop, int quality, IBufferWriter<byte> output)
    {
        // At quality 100 noise takes about 3 bytes a pixel; twice that and the tables always suffice.
        var room = output.GetSpan(checked((int)((2 * PixelView.BytesOf(crop.Width, crop.Height)) + 4096)));
        fixed (byte* source = crop.Bytes, target = room)
        {
            nuint written;
            var status = PixelLibrary.EncodeJpeg(
                source, (nuint)crop.Bytes.Length, crop.Width, crop.Height, crop.Stride, quality, target, (nuint)room.Length, &written);
            if (status != PixelStatus.Ok) throw new InvalidOperationException($"A crop of {crop.Width} x {crop.Height} pixels could not be encoded ({status}).");
            output.Advance((int)written);
        }
    }

    private static void EncodePng(PixelView crop, IBufferWriter<byte> output)
    {
        fixed (byte* source = crop.Bytes)
        {
            using var mat = Mat.FromPixelData(crop.Height, crop.Width, MatType.CV_8UC3, (nint)source, crop.Stride);
            Cv2.ImEncode(".png", mat, out var bytes, (int[])[]);
            output.Write(bytes);
        }
    }

    private static void WriteRgb(PixelView crop, IBufferWriter<byte> output)
    {
        var length = checked((int)PixelView.BytesOf(crop.Width, crop.Height));
        var rgb = output.GetSpan(length);
        var bgr = crop.Bytes[..length];
        for (var at = 0; at < length; at += 3) (rgb[at], rgb[at + 1], rgb[at + 2]) = (bgr[at + 2], bgr[at + 1], bgr[at]);
        output.Advance(length);
    }
}
