using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

public sealed class PreprocessOptionsTests
{
    private static readonly PreprocessOptions Sound = new()
    {
        Lists = AnnotationList.ParseAll(["training.csv"]), Images = StorageAddress.Parse("faces"), Output = StorageAddress.Parse("out"),
    };

    [Fact]
    public void Defaults_AreThese()
    {
        Assert.Equal("affectnet", Sound.Dataset);
        Assert.Equal(0.05, Sound.MaxRejected);
        Assert.Equal(512L << 20, Sound.MemoryBytes);
        Assert.Equal(Environment.ProcessorCount, Sound.Workers);
        Assert.Equal(new(), Sound.Parameters);
        Assert.False(Sound.HashImages || Sound.WholeObjects || Sound.FollowLinks || Sound.Force || Sound.DryRun);
        Assert.Same(Sound, Sound.Validated());
    }

    public static TheoryData<PreprocessOptions, string> Wrong => new()
    {
        { Sound with { Lists = [] }, "--annotations names no list." },
        { Sound with { Lists = [Sound.Lists[0], Sound.Lists[0]] }, "--annotations gives two lists the same name." },
        { Sound with { Dataset = "Not A Name" }, "'Not A Name' is no dataset name: up to 64 of a-z, 0-9, '.', '_' and '-', starting with a letter or digit." },
        { Sound with { Workers = 0 }, "--workers must lie between 1 and 1024, not 0." },
        { Sound with { Workers = 1025 }, "--workers must lie between 1 and 1024, not 1025." },
        { Sound with { MemoryBytes = (16 << 20) - 1 }, "--memory must lie between 16MB and 1024GB, not 16777215 bytes." },
        { Sound with { MemoryBytes = long.MaxValue }, "--memory must lie between 16MB and 1024GB, not 9223372036854775807 bytes." },
        { Sound with { MaxRejected = 1.01 }, "--max-rejected must lie between 0 and 1, not 1.01." },
        { Sound with { MaxRejected = double.NaN }, "--max-rejected must lie between 0 and 1, not NaN." },
        { Sound with { Parameters = new() { Quality = 0 } }, "--quality must lie between 1 and 100, not 0." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validated_OfWrongOptions_SaysWhichAndWhatTheyMayBe(PreprocessOptions options, string text) => Refused.AsUsage(text, () => options.Validated());
}
