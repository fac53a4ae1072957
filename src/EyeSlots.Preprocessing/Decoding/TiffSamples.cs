namespace EyeSlots.Preprocessing.Decoding;

/// <summary>
/// How the samples of a TIFF are stored, and which of it is read: what OpenCV and Pillow both decode to the stored pixels. The rest is
/// refused by name, whatever libtiff could make of it.
/// </summary>
/// <param name="Bits">A sample's: 1, 8 or 16.</param>
/// <param name="PerPixel">Samples of a pixel, alpha among them.</param>
/// <param name="Compression">The tag's value.</param>
/// <param name="ArePlanes">Whether each sample has strips or tiles of its own.</param>
internal readonly record struct TiffSamples(uint Bits, uint PerPixel, uint Compression, bool ArePlanes)
{
    private const uint MostPerPixel = 8;
    private const uint None = 1, Rle = 2, Group3 = 3, Group4 = 4, Lzw = 5, JpegStrips = 7, Deflate = 8, PackBits = 32773, OldDeflate = 32946;
    private const uint White = 0, Black = 1, Rgb = 2, Palette = 3, Inks = 5, YCbCr = 6;

    /// <summary>Whether rows are stored as they are, so that their bytes can be counted.</summary>
    public bool AreBare => Compression == None;

    /// <summary>Whether strips or tiles end in a sum.</summary>
    public bool AreDeflated => Compression is Deflate or OldDeflate;

    /// <summary>Whether libjpeg decodes strips or tiles.</summary>
    public bool AreJpeg => Compression == JpegStrips;

    /// <summary>Reads and judges them.</summary>
    /// <returns>Null, or why the file is refused.</returns>
    public static string? Read(in TiffDirectory directory, out TiffSamples samples)
    {
        var planes = directory.Value(TiffTag.Planes, 1);
        samples = new(directory.Value(TiffTag.BitsPerSample, 1), directory.Value(TiffTag.SamplesPerPixel, 1), directory.Value(TiffTag.Compression, None), planes == 2);
        if (samples.Bits is not (1 or 8 or 16)) return $"{samples.Bits} bits a sample are not read";
        if (!samples.AreEven(directory.Values(TiffTag.BitsPerSample))) return "samples of different sizes are not read";
        if (samples.PerPixel is 0 or > MostPerPixel) return $"{samples.PerPixel} samples a pixel are not read";
        if (planes is not (1 or 2)) return "its samples are neither together nor in planes";
        if (directory.Has(TiffTag.SampleFormat) && !directory.Values(TiffTag.SampleFormat).AreAll(1)) return "samples that are no whole numbers are not read";
        if (directory.Value(TiffTag.ImageDepth, 1) != 1 || directory.Value(TiffTag.TileDepth, 1) != 1) return "images of some depth are not read";
        var photometric = directory.Value(TiffTag.Photometric, uint.MaxValue);
        if (samples.LosesEdges(directory, photometric)) return "tiles of gray with alpha, or of 16 bits, that reach beyond the image are not read";
        return samples.JudgeCompression(directory, photometric) ?? samples.JudgeColours(directory, photometric);
    }

    // One size for all, or the same for each.
    private bool AreEven(TiffValues sizes) => sizes.AreAll(Bits) && (sizes.Count <= 1 || sizes.Count == PerPixel);

    // libtiff 4.7 goes wrong at the right edge: it steps over the rest of a tile's row by pixels of one byte.
    private bool LosesEdges(in TiffDirectory directory, uint photometric) =>
        photometric < Rgb && (PerPixel > 1 || Bits == 16) && directory.Value(TiffTag.TileWidth) is var across and > 0 && directory.Value(TiffTag.Width) % across != 0;

    private string? JudgeCompression(in TiffDirectory directory, uint photometric)
    {
        var predictor = directory.Value(TiffTag.Predictor, 1);
        var order = directory.Value(TiffTag.FillOrder, 1);
        var isRead = Compression switch
        {
            None or PackBits => true,
            Lzw or Deflate or OldDeflate => predictor == 1 || (predictor == 2 && Bits != 1),
            Rle or Group3 or Group4 => Bits == 1 && PerPixel == 1,
            JpegStrips => Bits == 8 && !ArePlanes && photometric is White or Black or Rgb or YCbCr && PerPixel == (photometric < Rgb ? 1u : 3u),
            _ => false,
        };
        if (!isRead) return $"compression {Compression} of {PerPixel} samples of {Bits} bits, predictor {predictor}, is not read";
        return order == 1 || (order == 2 && Bits == 1) ? null : "its bits are in another order";
    }

    private string? JudgeColours(in TiffDirectory directory, uint photometric)
    {
        var isRead = photometric switch
        {
            White => PerPixel == 1,
            Black => Bits != 1 || PerPixel == 1,
            Rgb => Bits != 1,
            Palette => PerPixel == 1 && Bits is 1 or 8 && directory.Values(TiffTag.ColorMap).Count == 3 << (int)Bits,
            Inks => Bits == 8 && directory.Value(TiffTag.InkSet, 1) == 1,
            YCbCr => AreJpeg,
            _ => false,
        };
        isRead &= AreDeclared(directory, photometric);
        return isRead ? null : $"{PerPixel} samples of {Bits} bits with photometric interpretation {photometric} are not read";
    }

    // What a sample beyond the colours is must be said; RGBX files of old do not, and everybody reads them as RGB.
    private bool AreDeclared(in TiffDirectory directory, uint photometric)
    {
        var colours = photometric switch { Rgb or YCbCr => 3, Inks => 4, _ => 1 };
        var extra = directory.Values(TiffTag.ExtraSamples).Count;
        return PerPixel == colours + extra || (photometric == Rgb && PerPixel == 4 && extra == 0 && !ArePlanes);
    }
}
