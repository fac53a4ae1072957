using EyeSlots.Preprocessing.Synthesis;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Synthesis;

public sealed class SynthOptionsTests
{
    [Fact]
    public void Defaults_AreThese()
    {
        var options = new SynthOptions();
        Assert.Equal(2000, options.Faces);
        Assert.Equal(1, options.Seed);
        Assert.Equal((224, 956), (options.SmallestSide, options.LargestSide));
        Assert.Equal(SynthSizes.Even, options.Sizes);
        Assert.Equal(0.15, options.Noise);
        Assert.Equal(0, options.Variety);
        Assert.Equal(SynthLayout.Csv2017, options.Layout);
        Assert.Equal(0, options.Defects);
        Assert.Equal("", options.DefectShares);
        Assert.Equal(1, options.Nesting);
        Assert.True(options.Images);
        Assert.Same(options, options.Validated());
    }

    public static TheoryData<SynthOptions, string> Wrong => new()
    {
        { new() { Faces = 0 }, "--faces must lie between 1 and 100000000, not 0." },
        { new() { Side = 63 }, "--side must lie between 64 and 4000, not 63." },
        { new() { LargestSide = 4001 }, "--side must lie between 64 and 4000, not 4001." },
        { new() { SmallestSide = 500, LargestSide = 400 }, "--side goes from the smaller to the larger, not from 500 to 400." },
        { new() { Sizes = (SynthSizes)9 }, "--sizes has no value 9." },
        {
            new() { Sizes = SynthSizes.AffectNet, Layout = SynthLayout.Folders2021 },
            "--sizes affectnet needs a layout of 2017: photographs of 2021 are all 224 pixels wide."
        },
        { new() { Noise = double.NaN }, "--noise must lie between 0 and 10, not NaN." },
        { new() { Variety = 1.1 }, "--variety must lie between 0 and 1, not 1.1." },
        { new() { Layout = (SynthLayout)9 }, "--layout has no value 9." },
        { new() { Nesting = 3 }, "--nesting must lie between 0 and 2, not 3." },
        { new() { Defects = 1.5 }, "--defects must lie between 0 and 1, not 1.5." },
        { new() { Defects = 0.5, DefectShares = "thumbs=0.6" }, "The shares of --defects add up to 1.1, more than 1." },
        { new() { DefectShares = "thumbs=2" }, "The share of thumbs must lie between 0 and 1, such as thumbs=0.02." },
        {
            new() { DefectShares = "backslash=0.1", Layout = SynthLayout.Folders2021 },
            "'backslash=0.1' is no share of a defect. This layout can show unlabelled, wrong-extension, empty-image, thumbs, truncated, bomb, landmarks-outside."
        },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validated_OfWrongOptions_SaysWhichAndWhatTheyMayBe(SynthOptions options, string text) => Refused.AsUsage(text, () => options.Validated());

    [Fact]
    public void Synth_OfOneFace_TellsNoCorrelation()
    {
        using var folder = new TempFolder();
        var drawn = new Synthesizer().Run(new() { Faces = 1, Images = false }, folder.At("drawn"), null, TestContext.Current.CancellationToken);
        Assert.Equal((0, 0), (drawn.BestValenceCcc, drawn.BestArousalCcc));
    }
}
