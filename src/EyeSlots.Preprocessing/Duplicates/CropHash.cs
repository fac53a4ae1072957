using EyeSlots.Preprocessing.Cropping;
using OpenCvSharp;

namespace EyeSlots.Preprocessing.Duplicates;

/// <summary>
/// A perceptual hash of a crop: its gray picture is shrunk to 17 x 8, and each of the 128 bits tells whether a pixel is brighter than its
/// right neighbour ("dHash"). Encoding, size and brightness change few bits; another face changes about half.
/// </summary>
internal static class CropHash
{
    public const int Bits = 128;
    private const int Columns = 17, Rows = 8;

    /// <summary>Hashes BGR pixels without gaps.</summary>
    /// <exception cref="ArgumentException">There are not width × height pixels.</exception>
    public static UInt128 Of(byte[] bgr, int width, int height)
    {
        if (bgr.Length != PixelView.BytesOf(width, height)) throw new ArgumentException($"{bgr.Length} bytes are not {width} x {height} pixels.", nameof(bgr));
        using var image = Mat.FromPixelData(height, width, MatType.CV_8UC3, bgr);
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var small = gray.Resize(new Size(Columns, Rows), 0, 0, InterpolationFlags.Area);
        UInt128 hash = 0;
        for (var y = 0; y < Rows; y++)
        {
            for (var x = 0; x + 1 < Columns; x++) hash = (hash << 1) | (small.At<byte>(y, x) > small.At<byte>(y, x + 1) ? 1u : 0u);
        }

        return hash;
    }

    /// <summary>Bits that differ.</summary>
    public static int Distance(UInt128 a, UInt128 b) => (int)UInt128.PopCount(a ^ b);
}
