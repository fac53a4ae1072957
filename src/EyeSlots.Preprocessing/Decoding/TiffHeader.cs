using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// TIFF 6.0: judges the first directory, and compares all its strips or tiles with the file. The Orientation tag is not looked at:
/// landmarks are in the frame of the stored pixels.
/// </summary>
internal static class TiffHeader
{
    private const int HeaderBytes = 8;
    private const uint TileStep = 16;

    /// <summary>RGBA, as libtiff hands it on.</summary>
    private const long RasterBytesAPixel = 4;

    /// <summary>Tables of conversions, of LZW and of inflate.</summary>
    private const long FixedBytes = 2 << 20;

    /// <summary>libtiff widens short values, and holds some twice.</summary>
    private const long HeldOfAValue = 8;

    /// <summary>Coefficients of a progressive strip: 16 bits each, and blocks that fill up MCUs.</summary>
    private const long CoefficientBytesASample = 4;

    public static string? Read(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        if (file.Length < HeaderBytes) return "it ends in its header";
        if (TiffDirectory.Open(file, out var directory) is { } broken) return broken;
        var (width, height) = (directory.Value(TiffTag.Width), directory.Value(TiffTag.Height));
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue) return "its size is none";
        if (TiffSamples.Read(directory, out var samples) is { } refused) return refused;
        if (BlockOf(directory, width, height) is not { } block) return "it has neither strips nor tiles";
        header = new(ImageFormat.Tiff, (int)width, (int)height) { Block = block, DecoderBytes = DecoderBytes(directory, samples, block) };
        return new TiffBlocks(directory, samples, header).Compare(file.Length, samples.AreBare);
    }

    // As libtiff judges: any size of a tile makes tiles.
    private static PixelSize? BlockOf(in TiffDirectory directory, uint width, uint height)
    {
        var isTiled = directory.Has(TiffTag.TileWidth) || directory.Has(TiffTag.TileHeight);
        if (isTiled == directory.Has(TiffTag.StripOffsets) || isTiled != directory.Has(TiffTag.TileOffsets)) return null;
        var across = isTiled ? directory.Value(TiffTag.TileWidth) : width;
        var down = isTiled ? directory.Value(TiffTag.TileHeight) : Math.Min(height, directory.Value(TiffTag.RowsPerStrip, uint.MaxValue));
        if (isTiled && (across % TileStep != 0 || down % TileStep != 0)) return null;
        var isPossible = across > 0 && down > 0 && (ulong)across * down <= int.MaxValue;
        return isPossible ? new((int)across, (int)down) : null;
    }

    private static long DecoderBytes(in TiffDirectory directory, in TiffSamples samples, PixelSize block)
    {
        var area = (long)block.Width * block.Height;
        var stored = Math.Max(samples.PerPixel, RasterBytesAPixel) * ((samples.Bits + 7) / 8);
        var coefficients = samples.AreJpeg ? samples.PerPixel * CoefficientBytesASample : 0;
        return (area * (RasterBytesAPixel + stored + coefficients)) + (HeldOfAValue * directory.ValueBytes) + FixedBytes;
    }
}
