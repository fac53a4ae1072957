namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>
/// Photographs as AffectNet has them: square, 425 pixels and 131 kB on average with a standard deviation of 349 pixels; in a million 86
/// TIFFs and some PNG and BMP, the rest baseline JPEG; each the surroundings of a face's box, so that half of the eye slots end above
/// 54 % of the height.
/// <para>
/// Mean, deviation, kB and formats are what the set's publication and its files tell. The rest is chosen here. Sides are log-normal, since
/// they are positive, and their deviation nearly as large as their mean; between 64 and 4,000 pixels (drawn again beyond), which holds
/// all but 1.5 % and keeps the largest file below 5 MB. Logarithm's mean and deviation are those that give mean and deviation of the
/// sides between these bounds.
/// </para>
/// <para>
/// Bytes of a pixel fall with about the fourth root of the side, from 0.68 at 128 pixels to 0.42 at 1,024: a large photograph shows the
/// same face by more pixels, so neighbours tell more of each other. Noise sets them, the only fine detail of a drawn picture, at the
/// quality that OpenCV writes by default; its share is the one that brings 131 kB on average.
/// </para>
/// </summary>
internal static class AffectNetSizes
{
    /// <summary>Pixels of the smallest and the largest side.</summary>
    public const int Smallest = 64, Largest = 4000;

    /// <summary>Of every JPEG.</summary>
    public const int Quality = 95;

    private const double LogMean = 5.769295, LogDeviation = 0.739164;

    // Of a million photographs. PNG and BMP are "some" in what is known of the set.
    private const int TiffOfAMillion = 86, PngOfAMillion = 10, BmpOfAMillion = 4;

    // These photographs are of another format in every set, so that one of some hundreds has all of them.
    private const int SureTiff = 100, SurePng = 200, SureBmp = 300;

    /// <summary>
    /// The face's box and a little around it: wider than the usual face, and lower. Heads are upright but for one in 200: of 18 real photographs
    /// none needed more than 68 % of its bytes.
    /// </summary>
    public static Framing Framing { get; } = new(0.53, 0.05, 0.62, 0.1, 200);

    /// <summary>Pixels of a side.</summary>
    public static int Side(Random random)
    {
        for (;;)
        {
            var side = Math.Round(Draws.Exp(LogMean + (LogDeviation * Draws.Normal(random))));
            if (side is >= Smallest and <= Largest) return (int)side;
        }
    }

    /// <summary>The noise of a photograph of the side.</summary>
    public static Grain Grain(int side) => new((int)Math.Round(74 / Math.Sqrt(Math.Sqrt(side / 425.0))), Repeats: true);

    /// <summary>The kind of file of an index, a pure function of it and the seed.</summary>
    public static PhotographFormat FormatOf(int seed, int index) => index switch
    {
        SureTiff => PhotographFormat.Tiff,
        SurePng => PhotographFormat.Png,
        SureBmp => PhotographFormat.Bmp,
        _ => new Random(unchecked((seed * 1_000_003) + (index * 49_979_687) + 2)).Next(1_000_000) switch
        {
            < TiffOfAMillion => PhotographFormat.Tiff,
            < TiffOfAMillion + PngOfAMillion => PhotographFormat.Png,
            < TiffOfAMillion + PngOfAMillion + BmpOfAMillion => PhotographFormat.Bmp,
            _ => PhotographFormat.Jpeg,
        },
    };
}
