namespace EyeSlots.Preprocessing.Decoding;

/// <summary>The strips or tiles of a TIFF, which are decoded as wholes: plane by plane, from the left, row by row.</summary>
internal readonly ref struct TiffBlocks
{
    private readonly TiffValues offsets;
    private readonly TiffValues bytes;
    private readonly ImageHeader header;
    private readonly bool isTiled;
    private readonly long across;
    private readonly long down;
    private readonly long rowBytes;

    public TiffBlocks(in TiffDirectory directory, in TiffSamples samples, in ImageHeader header)
    {
        isTiled = directory.Has(TiffTag.TileOffsets);
        offsets = directory.Values(isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets);
        bytes = directory.Values(isTiled ? TiffTag.TileBytes : TiffTag.StripBytes);
        this.header = header;
        (across, down) = (Blocks(header.Width, header.Block.Width), Blocks(header.Height, header.Block.Height));
        Planes = samples.ArePlanes ? (int)samples.PerPixel : 1;
        rowBytes = ((header.Block.Width * (long)samples.Bits * (samples.ArePlanes ? 1 : samples.PerPixel)) + 7) / 8;
    }

    /// <summary>How many times all blocks come: once for each sample, or once.</summary>
    public int Planes { get; }

    /// <summary>Unpacked bytes of a whole block.</summary>
    public long MostBytes => rowBytes * header.Block.Height;

    /// <summary>Unpacked bytes of the rows of a block that lie in the image; a tile is always whole.</summary>
    public long LeastBytes(long number)
    {
        var above = number / across % down * header.Block.Height;
        return rowBytes * (isTiled ? header.Block.Height : Math.Min(header.Block.Height, header.Height - above));
    }

    /// <summary>The number of a block.</summary>
    public long Number(int plane, long row, long column) => (((plane * down) + row) * across) + column;

    /// <summary>Where a block lies in the file.</summary>
    public Range Bytes(long number) => new((int)offsets[(int)number], (int)(offsets[(int)number] + bytes[(int)number]));

    /// <summary>Compares all blocks with the file.</summary>
    /// <param name="fileBytes">Of the whole file.</param>
    /// <param name="areBare">Whether rows are stored as they are, so that their bytes can be counted.</param>
    /// <returns>Null, or why the file is refused.</returns>
    public string? Compare(long fileBytes, bool areBare)
    {
        const int HeaderBytes = 8;
        var count = across * down * Planes;
        if (offsets.Count != count || bytes.Count != count) return $"it has {offsets.Count} strips or tiles, not {count}"; // Pillow takes more for planes
        for (var i = 0; i < count; i++)
        {
            var least = areBare ? LeastBytes(i) : 1;
            if (bytes[i] < least || offsets[i] < HeaderBytes || (long)offsets[i] + bytes[i] > fileBytes) return "a strip or tile does not lie within the file";
        }

        return null;
    }

    private static long Blocks(int size, int block) => ((long)size + block - 1) / block;
}
