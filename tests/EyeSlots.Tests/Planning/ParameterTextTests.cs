using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;

namespace EyeSlots.Tests.Planning;

public sealed class ParameterTextTests
{
    private const string Text = """{"angle":"eye-line","growX":0.2,"growY":0.3,"size":"128x48","format":"png","quality":95,"minCoverage":0.25,"maxPixels":1000}""";

    private static readonly JobParameters Parameters = new()
    {
        Slot = new(AngleMode.EyeLine, 0.2, 0.3), Size = new(128, 48), Format = SlotFormat.Png, MinCoverage = 0.25, MaxPixels = 1000,
    };

    [Fact]
    public void Of_Parameters_IsOneCanonicalText() => Assert.Equal(Text, ParameterText.Of(Parameters));

    [Fact]
    public void Read_OfWhatOfWrote_GivesTheParameters()
    {
        Assert.Equal(Parameters, ParameterText.Read(Text));
        Assert.Equal(new(), ParameterText.Read(ParameterText.Of(new())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"format\"", "\"fourmat\"")]
    [InlineData("png", "gif")]
    [InlineData("eye-line", "nose-line")]
    [InlineData("\"128x48\"", "\"128\"")]
    [InlineData("\"128x48\"", "\"0x48\"")]
    [InlineData("\"128x48\"", "\"99999999999x48\"")]
    [InlineData("\"128x48\"", "7")]
    [InlineData("95", "101")]
    [InlineData("95", "95.5")]
    [InlineData("95", "99999999999")]
    [InlineData("0.25", "-1")]
    [InlineData("0.25", "\"0.25\"")]
    [InlineData("0.2,", "1e999,")]
    public void Read_OfWhatIsNoneOfOurs_IsAFormatError(string from, string? to = null) =>
        Assert.Throws<FormatException>(() => ParameterText.Read(to is null ? from : Text.Replace(from, to, StringComparison.Ordinal)));
}
