namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>The kind of file that a photograph is.</summary>
internal enum PhotographFormat
{
    Jpeg, Tiff, Png, Bmp,
}

/// <summary>What <see cref="SynthSizes"/> decides of a photograph: side, kind of file, how the face lies in it, how much detail it has.</summary>
internal static class Photographs
{
    // Of photographs whose sides are even.
    private const int EvenQuality = 90;
    private static readonly Grain EvenGrain = new(36, Repeats: false);

    /// <summary>Pixels of a side.</summary>
    public static int Side(SynthOptions options, Random random) => options.Sizes == SynthSizes.AffectNet
        ? AffectNetSizes.Side(random)
        : (int)Math.Round(Draws.LogUniform(random, options.SmallestSide, options.LargestSide));

    /// <summary>The kind of file of an index.</summary>
    public static PhotographFormat FormatOf(SynthOptions options, int index) =>
        options.Sizes == SynthSizes.AffectNet ? AffectNetSizes.FormatOf(options.Seed, index) : PhotographFormat.Jpeg;

    /// <summary>How a face lies in a photograph.</summary>
    public static Framing FramingOf(SynthOptions options) => options.Sizes == SynthSizes.AffectNet ? AffectNetSizes.Framing : Framing.Usual;

    /// <summary>The noise of a photograph.</summary>
    public static Grain GrainOf(SynthOptions options, int side) => options.Sizes == SynthSizes.AffectNet ? AffectNetSizes.Grain(side) : EvenGrain;

    /// <summary>Quality of JPEG, 1 to 100.</summary>
    public static int QualityOf(SynthOptions options) => options.Sizes == SynthSizes.AffectNet ? AffectNetSizes.Quality : EvenQuality;

    /// <summary>What a file of the kind is called, with its dot.</summary>
    public static string ExtensionOf(PhotographFormat format) => format switch
    {
        PhotographFormat.Tiff => ".tif",
        PhotographFormat.Png => ".png",
        PhotographFormat.Bmp => ".bmp",
        _ => ".jpg",
    };
}

/// <summary>The noise of a photograph.</summary>
/// <param name="Share">How much of a pixel it is, in 256ths.</param>
/// <param name="Repeats">Whether it is repeated where the photograph is larger than what was drawn of it, and not magnified.</param>
internal readonly record struct Grain(int Share, bool Repeats);

/// <summary>Where a face lies in a photograph, as shares of the side.</summary>
/// <param name="Middle">Least height of the face's middle, from above.</param>
/// <param name="MiddleRange">By how much it may lie deeper.</param>
/// <param name="Width">Least width of the face.</param>
/// <param name="WidthRange">By how much it may be wider.</param>
/// <param name="TurnedOneOf">One head of so many is turned in any direction; the others are nearly upright.</param>
internal readonly record struct Framing(double Middle, double MiddleRange, double Width, double WidthRange, int TurnedOneOf)
{
    /// <summary>A face in the middle, with some air.</summary>
    public static Framing Usual { get; } = new(0.47, 0.06, 0.5, 0.12, 20);
}
