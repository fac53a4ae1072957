namespace EyeSlots.Preprocessing.Decoding;

/// <summary>How the pixels of a BMP are packed.</summary>
internal enum BmpPacking
{
    /// <summary>Rows of indices or colours, each filled up to 4 bytes.</summary>
    Rows,

    /// <summary>Run lengths of 8-bit indices.</summary>
    RunLengths8,

    /// <summary>Run lengths of 4-bit indices.</summary>
    RunLengths4,
}

/// <summary>Where a channel lies in a pixel of 16 or 32 bits.</summary>
/// <param name="Shift">Its lowest bit.</param>
/// <param name="Most">Its largest value.</param>
internal readonly record struct BmpChannel(int Shift, uint Most)
{
    /// <summary>0 to 255, so that the largest value is white; fractions are cut off, as Pillow does.</summary>
    public byte Of(uint pixel) => (byte)((pixel >> Shift & Most) * 255 / Most);
}

/// <summary>The three channels of pixels of 16 or 32 bits.</summary>
internal readonly record struct BmpChannels(BmpChannel Blue, BmpChannel Green, BmpChannel Red);

/// <summary>What a BMP's header says, compared with the file's length.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Bits">A pixel's: 1, 4, 8, 16, 24 or 32.</param>
/// <param name="Packing">How pixels are stored.</param>
/// <param name="PixelsAt">Where they begin in the file.</param>
internal readonly record struct BmpLayout(int Width, int Height, int Bits, BmpPacking Packing, int PixelsAt)
{
    /// <summary>Whether the first row that is stored is the upper one.</summary>
    public bool IsTopDown { get; init; }

    /// <summary>Of 1, 4 and 8 bits: where the palette begins in the file.</summary>
    public int PaletteAt { get; init; }

    /// <summary>Of 1, 4 and 8 bits: colours of the palette, 1 to 256.</summary>
    public int PaletteColours { get; init; }

    /// <summary>Bytes of a colour of the palette: 3 in OS/2 files, else 4; blue, green and red come first.</summary>
    public int PaletteEntryBytes { get; init; }

    /// <summary>Of 16 and 32 bits.</summary>
    public BmpChannels Channels { get; init; }

    /// <summary>Bytes from row to row, where rows are stored.</summary>
    public long Stride => (((long)Width * Bits) + 31) / 32 * 4;

    /// <summary>Bytes of a row without what fills it up.</summary>
    public long RowBytes => (((long)Width * Bits) + 7) / 8;
}
