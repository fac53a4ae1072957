using EyeSlots.Core;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;

namespace EyeSlots.Training.Tests.Loading;

public sealed class LoaderOptionsTests
{
    public static TheoryData<LoaderOptions, string> Wrong => new()
    {
        { new() { BatchSize = 1 }, "--batch must lie between 2 and 65536, not 1." },
        { new() { Workers = 0 }, "--workers must lie between 1 and 256, not 0." },
        { new() { CacheBytes = -1 }, "--cache-size must lie between 0 and 9223372036854775807, not -1." },
        { new() { Cache = "s3://bucket/cache" }, "'s3://bucket/cache' is on S3; name a file or folder of this machine." },
        { new() { Input = new(4, 32, false) }, "A side of --size must lie between 8 and 1024, not 4." },
        { new() { Augmentation = AugmentationOptions.None with { Rotation = 200 } }, "--rotation must lie between 0 and 180, not 200." },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Validated_AValueOutsideItsRange_IsAWrongCommandLine(LoaderOptions options, string text)
    {
        var error = Assert.Throws<EyeSlotsException>(options.Validated);
        Assert.Equal((ErrorCodes.Usage, text), (error.Code, error.Message));
    }

    [Fact]
    public void Validated_Defaults_AreAllowed() => Assert.Equal((32, 96, 32), (new LoaderOptions().Validated().BatchSize, new LoaderOptions().Input.Width, new LoaderOptions().Input.Height));
}
