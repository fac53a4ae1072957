using System.Text.Json.Serialization;
using EyeSlots.Core;

namespace EyeSlots.Preprocessing.Synthesis;

/// <summary>How lists and images are laid out.</summary>
public enum SynthLayout
{
    /// <summary>CSV lists of 2017 with the plain header.</summary>
    Csv2017,

    /// <summary>The same with <c>#</c> before the header.</summary>
    Csv2017Hash,

    /// <summary>The same without a header.</summary>
    Csv2017NoHeader,

    /// <summary>Folders <c>train_set</c> and <c>val_set</c> of 2021.</summary>
    Folders2021,
}

/// <summary>How large photographs are, and what kinds of files.</summary>
public enum SynthSizes
{
    /// <summary>Sides spread evenly over their logarithm, all files JPEG.</summary>
    Even,

    /// <summary>
    /// As in AffectNet: 425 pixels and 131 kB on average, with a standard deviation of 349 pixels; some files TIFF, PNG and BMP; the face's
    /// box fills the photograph.
    /// </summary>
    AffectNet,
}

/// <summary>What data set to draw. The same options give the same files.</summary>
public sealed record SynthOptions
{
    /// <summary>Faces of all lists together.</summary>
    public int Faces { get; init; } = 2000;

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How large photographs are, and what kinds of files.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SynthSizes Sizes { get; init; }

    /// <summary>Pixels of the smallest image's side, where sizes are even.</summary>
    public int SmallestSide { get; init; } = 224;

    /// <summary>Pixels of the largest image's side, where sizes are even; sides are spread evenly over their logarithm.</summary>
    public int LargestSide { get; init; } = 956;

    /// <summary>One side for all images.</summary>
    [JsonIgnore]
    public int Side
    {
        init => (SmallestSide, LargestSide) = (value, value);
    }

    /// <summary>Standard deviation of the noise between a label and what the eyes show of it; labels lie within ±1.</summary>
    public double Noise { get; init; } = 0.15;

    /// <summary>
    /// How much persons, photographs and landmarks differ, 0 to 1. At 0 all faces look alike but for tone and tilt; above, each person has
    /// several photographs, all in one list.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Variety { get; init; }

    /// <summary>
    /// Share of photographs that stand in the training list and in another one, half of them under the same path, half as a copy under
    /// another; and of persons whose photographs are spread over two lists. 0 to 1.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Leaks { get; init; }

    /// <summary>Layout.</summary>
    public SynthLayout Layout { get; init; } = SynthLayout.Csv2017;

    /// <summary>Share of faces with one of the defects seen in the wild, each in its turn, 0 to 1.</summary>
    public double Defects { get; init; }

    /// <summary>Shares of single defects besides, such as <c>empty-image=0.02,thumbs=0.001</c>.</summary>
    public string DefectShares { get; init; } = "";

    /// <summary>How often the images are nested under Manually_Annotated_Images, 0 to 2.</summary>
    public int Nesting { get; init; } = 1;

    /// <summary>False: lists alone, for trying out a plan.</summary>
    public bool Images { get; init; } = true;

    /// <summary>Checks every value, and what they are together; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public SynthOptions Validated()
    {
        const int least = 64, most = 4000;
        Require.Between("--faces", Faces, 1, 100_000_000);
        Require.Defined("--sizes", Sizes);
        Require.Between("--side", SmallestSide, least, most);
        Require.Between("--side", LargestSide, least, most);
        Require.That(SmallestSide <= LargestSide, $"--side goes from the smaller to the larger, not from {SmallestSide} to {LargestSide}.");
        Require.That(Sizes == SynthSizes.Even || Layout != SynthLayout.Folders2021, "--sizes affectnet needs a layout of 2017: photographs of 2021 are all 224 pixels wide.");
        Require.Between("--noise", Noise, 0, 10);
        Require.Between("--variety", Variety, 0, 1);
        Require.Between("--leaks", Leaks, 0, 1);
        Require.Defined("--layout", Layout);
        Require.Between("--nesting", Nesting, 0, 2);
        Require.Between("--defects", Defects, 0, 1);
        var all = Defects + Synthesis.Defects.Parse(this).Sum(single => single.Share);
        Require.That(all <= 1, FormattableString.Invariant($"The shares of --defects add up to {all}, more than 1."));
        return this;
    }
}

/// <summary>What was drawn.</summary>
/// <param name="Lists">The lists, as <c>preprocess --annotations</c> takes them.</param>
/// <param name="ImageRoot">The folder for <c>preprocess --images</c>.</param>
/// <param name="Faces">Rows of all lists.</param>
/// <param name="ExpectedRejects">Rows that cannot become crops, by reason code.</param>
/// <param name="BestValenceCcc">
/// The concordance that a perfect reader of the drawn eyes reaches: what is drawn differs from the label by a known noise, and the best
/// linear reading of it has a CCC equal to their correlation.
/// </param>
/// <param name="BestArousalCcc">The same for arousal.</param>
public sealed record SynthSummary(
    IReadOnlyList<string> Lists, string ImageRoot, long Faces, IReadOnlyDictionary<string, long> ExpectedRejects, double BestValenceCcc, double BestArousalCcc)
{
    /// <summary>
    /// The concordance of a perfect reader that was trained by mean squared error: where shown and true correlate with ρ, it predicts the
    /// mean of what the shown can mean, which varies less, and reaches 2ρ² / (1 + ρ²).
    /// </summary>
    [JsonIgnore]
    public double MseValenceCcc => OfMse(BestValenceCcc);

    /// <summary>The same for arousal.</summary>
    [JsonIgnore]
    public double MseArousalCcc => OfMse(BestArousalCcc);

    private static double OfMse(double best) => Math.Round(2 * best * best / (1 + (best * best)), 4);
}
