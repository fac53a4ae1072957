using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Formats that are known by their first bytes; extensions are never trusted.</summary>
public enum ImageFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>BMP.</summary>
    Bmp,

    /// <summary>TIFF, either byte order.</summary>
    Tiff,

    /// <summary>WebP.</summary>
    WebP,
}

/// <summary>What a file's header says, read before any decoder sees a byte.</summary>
/// <param name="Format">By signature.</param>
/// <param name="Width">Pixels as stored.</param>
/// <param name="Height">Pixels as stored.</param>
internal readonly record struct ImageHeader(ImageFormat Format, int Width, int Height)
{
    /// <summary>Pixels of the whole image.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>Whether the file is read from its first byte on and only as far as pixels are needed: a JPEG of one scan.</summary>
    public bool IsReadFromTop => Format == ImageFormat.Jpeg && !HasSeveralScans;

    /// <summary>JPEG: colour components, 1, 3 or 4.</summary>
    public int Components { get; init; }

    /// <summary>JPEG: progressive, or a scan for each component, so that all coefficients are held at once.</summary>
    public bool HasSeveralScans { get; init; }

    /// <summary>JPEG: bytes of all coefficients of a file with several scans.</summary>
    public long CoefficientBytes { get; init; }

    /// <summary>Bytes that the format's decoder holds, whatever the region: rows, strips, tiles, whole frames. Not for JPEG.</summary>
    public long DecoderBytes { get; init; }

    /// <summary>Bytes that the format's decoder holds besides for each row of the region.</summary>
    public long DecoderBytesPerRow { get; init; }

    /// <summary>TIFF: size of a strip or a tile, which are decoded as a whole.</summary>
    public PixelSize Block { get; init; }

    /// <summary>WebP: where the VP8 or VP8L stream lies in the file.</summary>
    public Range Stream { get; init; }
}
