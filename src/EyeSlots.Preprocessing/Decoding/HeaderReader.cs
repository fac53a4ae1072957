namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// Sniffs the format of a file and walks its header to its end: chunks, segments, tags, strips and tiles must lie within the file before
/// any decoder sees a byte of it.
/// </summary>
internal static class HeaderReader
{
    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Format and size; both sides are at least 1.</param>
    /// <param name="why">What is wrong, or which kind is not read; else null.</param>
    /// <returns>False for an unknown signature, a broken header, and what is refused on purpose.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header, out string? why)
    {
        header = default;
        why = "no known signature";
        if (!TrySniff(file, out var format)) return false;
        why = format switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(file, out header),
            ImageFormat.Png => PngHeader.Read(file, out header),
            ImageFormat.Bmp => BmpHeader.Read(file, out header),
            ImageFormat.Tiff => TiffHeader.Read(file, out header),
            _ => WebPHeader.Read(file, out header),
        };
        if (why is null && header is { Width: > 0, Height: > 0 }) return true;
        why = $"the {format.ToString().ToUpperInvariant()} cannot be decoded: {why ?? "its size is none"}";
        return false;
    }

    private static bool TrySniff(ReadOnlySpan<byte> file, out ImageFormat format)
    {
        format = ImageFormat.Jpeg;
        if (file.StartsWith([(byte)0xFF, (byte)0xD8, (byte)0xFF])) return true;
        format = ImageFormat.Png;
        if (file.StartsWith([(byte)0x89, (byte)'P', (byte)'N', (byte)'G', (byte)13, (byte)10, (byte)26, (byte)10])) return true;
        format = ImageFormat.Bmp;
        if (file.StartsWith("BM"u8)) return true;
        format = ImageFormat.Tiff;
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8)) return true;
        format = ImageFormat.WebP;
        return file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8);
    }
}
