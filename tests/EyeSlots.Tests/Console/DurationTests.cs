using EyeSlots.Console;

namespace EyeSlots.Tests.Console;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("90m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("24h", 86400)]
    [InlineData("7d", 604800)]
    public void Parse_OfANumberAndItsUnit_GivesTheTime(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text)?.Time);

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("24")]
    [InlineData("24 h")]
    [InlineData("-1h")]
    [InlineData("1e9h")]
    [InlineData("1,5h")]
    [InlineData("NaNd")]
    [InlineData("99999999999999d")]
    [InlineData("24H")]
    public void Parse_OfAnythingElse_GivesNothing(string text) => Assert.Null(Duration.Parse(text));

    [Theory]
    [InlineData("0s")]
    [InlineData("90s")]
    [InlineData("90m")]
    [InlineData("24h")]
    [InlineData("2d")]
    [InlineData("36h")]
    public void ToString_OfWhatWasParsed_IsTheSameText(string text) => Assert.Equal(text, Duration.Parse(text).ToString());
}
