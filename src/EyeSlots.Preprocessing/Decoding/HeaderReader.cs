namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Sniffs the format of a file and reads its width and height.</summary>
internal static class HeaderReader
{
    /// <summary>Reads the header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">Format and size; both sides are at least 1.</param>
    /// <param name="why">What is wrong, or null.</param>
    /// <returns>False for an unknown signature or a broken header.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header, out string? why)
    {
        why = null;
        if (!TrySniff(file, out var format))
        {
            header = default;
            why = "no known signature";
            return false;
        }

        if (format == ImageFormat.Jpeg)
        {
            why = JpegHeader.Read(file, out header);
            if (why is not null) why = $"the JPEG cannot be decoded: {why}";
            return why is null;
        }

        var read = format switch
        {
            ImageFormat.Png => PngHeader.TryRead(file, out header),
            ImageFormat.Bmp => BmpHeader.TryRead(file, out header),
            ImageFormat.Tiff => TiffHeader.TryRead(file, out header),
            _ => WebPHeader.TryRead(file, out header),
        };
        if (read && header is { Width: > 0, Height: > 0 }) return true;
        why = $"the {format.ToString().ToUpperInvariant()} header is broken";
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
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return true;
        format = ImageFormat.WebP;
        return file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8);
    }
}
