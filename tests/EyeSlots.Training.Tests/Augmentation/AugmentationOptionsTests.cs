using EyeSlots.Core;
using EyeSlots.Training.Augmentation;

namespace EyeSlots.Training.Tests.Augmentation;

/// <summary>Ranges of the options, by the texts that users read.</summary>
public sealed class AugmentationOptionsTests
{
    private static readonly AugmentationOptions Default = new();

    public static TheoryData<AugmentationOptions, string> OutOfRange => new()
    {
        { Default with { Brightness = 1.5 }, "--brightness must lie between 0 and 1, not 1.5." },
        { Default with { Brightness = double.NaN }, "--brightness must lie between 0 and 1, not NaN." },
        { Default with { Rotation = -1 }, "--rotation must lie between 0 and 180, not -1." },
        { Default with { Shear = 50 }, "--shear must lie between 0 and 45, not 50." },
        { Default with { WidthShift = 2 }, "--width-shift must lie between 0 and 1, not 2." },
        { Default with { HeightShift = -0.05 }, "--height-shift must lie between 0 and 1, not -0.05." },
        { Default with { HorizontalFlip = 50 }, "--horizontal-flip must lie between 0 and 1, not 50." },
        { Default with { Cutout = 16 }, "--cutout must lie between 0 and 1, not 16." },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Validated_OutOfRange_SaysWhatIsAllowed(AugmentationOptions options, string text)
    {
        var refused = Assert.Throws<EyeSlotsException>(options.Validated);
        Assert.Equal((ErrorCodes.Usage, text), (refused.Code, refused.Message));
    }

    [Fact]
    public void Validated_DefaultsAndNone_AreAllowed()
    {
        Assert.Same(Default, Default.Validated());
        Assert.Same(AugmentationOptions.None, AugmentationOptions.None.Validated());
    }

    [Theory]
    [InlineData("96x32", 96, 32)]
    [InlineData("8x1024", 8, 1024)]
    public void InputShape_Text_IsReadAndWritten(string text, int width, int height)
    {
        var shape = InputShape.Parse(text)!.Value.Validated();
        Assert.Equal((width, height, false, text), (shape.Width, shape.Height, shape.Gray, shape.ToString()));
        Assert.Equal((3, 3 * width * height, 1, width * height), (shape.Channels, shape.Bytes, (shape with { Gray = true }).Channels, (shape with { Gray = true }).Bytes));
    }

    [Theory]
    [InlineData("96")]
    [InlineData("96x")]
    [InlineData("-96x32")]
    [InlineData("96x32x3")]
    public void InputShape_NoSize_IsNone(string text) => Assert.Null(InputShape.Parse(text));

    [Theory]
    [InlineData("7x32", 7)]
    [InlineData("96x1025", 1025)]
    public void InputShape_SideOutOfRange_SaysWhatIsAllowed(string text, int side)
    {
        var refused = Assert.Throws<EyeSlotsException>(() => InputShape.Parse(text)!.Value.Validated());
        Assert.Equal($"A side of --size must lie between 8 and 1024, not {side}.", refused.Message);
    }
}
