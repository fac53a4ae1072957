using EyeSlots.Console;

namespace EyeSlots.Tests.Console;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("512MB", 512L << 20)]
    [InlineData("512mb", 512L << 20)]
    [InlineData("512", 512L << 20)]
    [InlineData("2GB", 2L << 30)]
    public void Parse_OfASize_GivesItsBytes(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text)?.Bytes);

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("-1MB")]
    [InlineData("1.5GB")]
    [InlineData("2 GB")]
    [InlineData("2TB")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999GB")]
    public void Parse_OfAnythingElse_GivesNothing(string text) => Assert.Null(ByteSize.Parse(text));

    [Theory]
    [InlineData("512MB")]
    [InlineData("2GB")]
    [InlineData("0MB")]
    [InlineData("1025MB")]
    public void ToString_OfWhatWasParsed_IsTheSameText(string text) => Assert.Equal(text, ByteSize.Parse(text).ToString());
}
