using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Planning;

public sealed class JobParametersTests
{
    [Fact]
    public void Defaults_AreThese()
    {
        var parameters = new JobParameters();
        Assert.Equal(AngleMode.MinArea, parameters.Slot.Angle);
        Assert.Equal(0.10, parameters.Slot.GrowX);
        Assert.Equal(0.25, parameters.Slot.GrowY);
        Assert.Null(parameters.Size);
        Assert.Equal(SlotFormat.Jpeg, parameters.Format);
        Assert.Equal(95, parameters.Quality);
        Assert.Equal(0.5, parameters.MinCoverage);
        Assert.Equal(100_000_000, parameters.MaxPixels);
        Assert.Same(parameters, parameters.Validated());
    }

    public static TheoryData<JobParameters, string> Wrong => new()
    {
        { new() { Slot = new((AngleMode)7) }, "--angle has no value 7." },
        { new() { Slot = new(GrowX: -0.1) }, "--grow-x must lie between 0 and 10, not -0.1." },
        { new() { Slot = new(GrowX: double.NaN) }, "--grow-x must lie between 0 and 10, not NaN." },
        { new() { Slot = new(GrowY: 10.5) }, "--grow-y must lie between 0 and 10, not 10.5." },
        { new() { Slot = new(GrowY: double.PositiveInfinity) }, "--grow-y must lie between 0 and 10, not Infinity." },
        { new() { Size = new(0, 10) }, "A side of --size must lie between 1 and 4096, not 0." },
        { new() { Size = new(10, 4097) }, "A side of --size must lie between 1 and 4096, not 4097." },
        { new() { Format = (SlotFormat)3 }, "--format has no value 3." },
        { new() { Quality = 0 }, "--quality must lie between 1 and 100, not 0." },
        { new() { Quality = 101 }, "--quality must lie between 1 and 100, not 101." },
        { new() { Quality = 90, Format = SlotFormat.Png }, "--quality is that of JPEG; leave it out, or choose --format jpeg." },
        { new() { MinCoverage = -0.01 }, "--min-coverage must lie between 0 and 1, not -0.01." },
        { new() { MinCoverage = double.NaN }, "--min-coverage must lie between 0 and 1, not NaN." },
        { new() { MaxPixels = 0 }, "--max-pixels must lie between 1 and 1000000000000, not 0." },
        { new() { MaxPixels = long.MaxValue }, "--max-pixels must lie between 1 and 1000000000000, not 9223372036854775807." },
        {
            new() { Format = SlotFormat.Raw, Size = new(1024, 1024) },
            "--format raw takes a --size of at most 466033 pixels, not 1024x1024 with 1048576: the 768 crops of a shard may have 1.00 GiB. Choose a smaller size, or --format jpeg or png."
        },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validated_OfWrongParameters_SaysWhichAndWhatTheyMayBe(JobParameters parameters, string text) => Refused.AsUsage(text, () => parameters.Validated());

    [Theory]
    [InlineData(SlotFormat.Jpeg)]
    [InlineData(SlotFormat.Png)]
    public void Validated_OfTheLargestSizeInAPackedFormat_IsAccepted(SlotFormat format) => new JobParameters { Format = format, Size = new(4096, 4096) }.Validated();

    [Fact]
    public void Validated_OfTheLargestRawSize_IsAcceptedAndOnePixelMoreIsNot()
    {
        new JobParameters { Format = SlotFormat.Raw, Size = new(4081, 114) }.Validated();
        Refused.AsUsage(
            "--format raw takes a --size of at most 466033 pixels, not 4089x114 with 466146: the 768 crops of a shard may have 1.00 GiB. Choose a smaller size, or --format jpeg or png.",
            () => new JobParameters { Format = SlotFormat.Raw, Size = new(4089, 114) }.Validated());
    }
}
