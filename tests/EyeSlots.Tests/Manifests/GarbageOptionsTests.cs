using EyeSlots.Core.Manifests;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

public sealed class GarbageOptionsTests
{
    [Fact]
    public void Defaults_KeepFiveGenerationsAndADay()
    {
        var options = new GarbageOptions().Validated();
        Assert.Equal(5, options.Keep);
        Assert.Equal(TimeSpan.FromHours(24), options.Grace);
        Assert.False(options.Delete);
    }

    public static TheoryData<GarbageOptions, string> Wrong => new()
    {
        { new() { Keep = 0 }, "--keep must lie between 1 and 2147483647, not 0." },
        { new() { Grace = TimeSpan.FromSeconds(-1) }, "--grace must lie between 0s and 3650d, not -1s." },
        { new() { Grace = TimeSpan.FromDays(3651) }, "--grace must lie between 0s and 3650d, not 315446400s." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validated_OfWrongOptions_SaysWhichAndWhatTheyMayBe(GarbageOptions options, string text) => Refused.AsUsage(text, () => options.Validated());
}
