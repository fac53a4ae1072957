using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>How the four components of a JPEG relate to inks, as its Adobe marker says.</summary>
public enum InkMarker
{
    /// <summary>No marker: CMYK.</summary>
    None,

    /// <summary>Transform 0: CMYK.</summary>
    Cmyk,

    /// <summary>Transform 2: YCCK.</summary>
    Ycck,
}

/// <summary>
/// JPEG of four components with pictures in them, which no encoder at hand writes: four gray files of OpenCV's, each a scan of one file
/// in a scan for each component.
/// </summary>
internal static class InkJpeg
{
    /// <summary>Draws the file.</summary>
    /// <param name="size">Pixels.</param>
    /// <param name="marker">What its Adobe marker says.</param>
    /// <param name="across">Sampling factor of each component.</param>
    /// <param name="down">Sampling factor of each component.</param>
    /// <param name="seed">Chooses the pictures.</param>
    public static byte[] Draw(Size size, InkMarker marker, int[] across, int[] down, int seed)
    {
        var planes = Enumerable.Range(0, 4).Select(i => JpegSegmentList.Of(Plane(
            Part(size.Width, across[i], across.Max()), Part(size.Height, down[i], down.Max()), seed + i))).ToArray();
        List<byte> file = [0xFF, 0xD8];
        if (marker != InkMarker.None) file.AddRange(JpegSegmentList.Bytes(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)(marker == InkMarker.Ycck ? 2 : 0)]));
        file.AddRange(JpegSegmentList.Bytes(0xDB, planes[0][0xDB]));
        var components = Enumerable.Range(0, 4).SelectMany(i => new[] { (byte)(i + 1), (byte)((across[i] << 4) | down[i]), (byte)0 });
        file.AddRange(JpegSegmentList.Bytes(0xC0, [8, (byte)(size.Height >> 8), (byte)size.Height, (byte)(size.Width >> 8), (byte)size.Width, 4, .. components]));
        foreach (var (kind, body) in planes[0].Segments.Where(segment => segment.Marker == 0xC4)) file.AddRange(JpegSegmentList.Bytes(kind, body));
        for (var i = 0; i < 4; i++) file.AddRange([.. JpegSegmentList.Bytes(0xDA, [1, (byte)(i + 1), 0, 0, 63, 0]), .. planes[i].Pixels]);
        return [.. file, 0xFF, 0xD9];
    }

    private static int Part(int side, int factor, int most) => ((side * factor) + most - 1) / most;

    private static byte[] Plane(int width, int height, int seed)
    {
        using var image = Photographs.Cut(width, height, seed);
        return Photographs.Jpeg(image, Sampling.Gray);
    }
}
