using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>Decodings to hold against each other: the region by our C file, the whole image by it, and the whole image by OpenCV.</summary>
internal static class Decoded
{
    public const long Memory = 512L << 20;

    /// <summary>The header, or a failed test.</summary>
    public static ImageHeader Header(byte[] file)
    {
        Assert.True(HeaderReader.TryRead(file, out var header, out var why), why);
        return header;
    }

    /// <summary>The region's pixels, BGR without gaps; the rejection where there are none.</summary>
    public static byte[] Region(byte[] file, PixelRegion region)
    {
        var (first, second) = BothDecoders.Decode(file, region);
        Assert.True(first.Why is null, first.Why);
        Assert.True(second.Why is null && first.Pixels.AsSpan().SequenceEqual(second.Pixels), $"Our Huffman decoder differs from the library's: {second.Why}");
        return second.Pixels;
    }

    /// <summary>The whole image by our C file.</summary>
    public static byte[] Whole(byte[] file)
    {
        var header = Header(file);
        return Region(file, new(0, 0, header.Width, header.Height));
    }

    /// <summary>The whole image by OpenCV.</summary>
    public static byte[] ByOpenCv(byte[] file)
    {
        using var image = Cv2.ImDecode(file, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        return Bytes(image);
    }

    /// <summary>The pixels of a BGR image without gaps.</summary>
    public static unsafe byte[] Bytes(Mat image)
    {
        Assert.True(!image.Empty() && image.Type() == MatType.CV_8UC3 && image.IsContinuous());
        return new ReadOnlySpan<byte>((void*)image.Data, 3 * image.Width * image.Height).ToArray();
    }

    /// <summary>A part of pixels without gaps.</summary>
    public static byte[] Part(byte[] pixels, int width, PixelRegion part)
    {
        var cut = new byte[3 * part.Width * part.Height];
        for (var row = 0; row < part.Height; row++)
        {
            pixels.AsSpan(3 * (((part.Y + row) * width) + part.X), 3 * part.Width).CopyTo(cut.AsSpan(3 * row * part.Width));
        }

        return cut;
    }
}
