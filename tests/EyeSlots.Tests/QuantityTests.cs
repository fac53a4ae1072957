using EyeSlots.Core;

namespace EyeSlots.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 faces")]
    [InlineData(1, "1 face")]
    [InlineData(2, "2 faces")]
    [InlineData(1_000_001, "1,000,001 faces")]
    public void Of_ACount_PutsTheNounIntoItsNumber(long count, string text) => Assert.Equal(text, Quantity.Of(count, "face"));

    [Fact]
    public void Of_AnIrregularNoun_TakesItsPlural() => Assert.Equal("2 copies", Quantity.Of(2, "copy", "copies"));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1 << 20, "1.0 MiB")]
    [InlineData(1L << 40, "1024.00 GiB")]
    public void Bytes_AreShownInTheLargestUnit(long bytes, string text) => Assert.Equal(text, Quantity.Bytes(bytes));

    [Fact]
    public void Percent_OfNothing_IsZero()
    {
        Assert.Equal("0 %", Quantity.Percent(0, 0));
        Assert.Equal("33.3 %", Quantity.Percent(1, 3));
    }

    [Theory]
    [InlineData(-0.04, 1, "0.0")]
    [InlineData(-0.0, 0, "0")]
    [InlineData(-0.06, 1, "-0.1")]
    [InlineData(179.96, 1, "180.0")]
    public void Fixed_OfWhatIsShownAsZero_HasNoSign(double value, int decimals, string text) => Assert.Equal(text, Quantity.Fixed(value, decimals));

    [Theory]
    [InlineData(-0.001, "+0.00")]
    [InlineData(0, "+0.00")]
    [InlineData(-1, "-1.00")]
    [InlineData(0.5, "+0.50")]
    public void Signed_OfAnyNumber_HasOneSign(double value, string text) => Assert.Equal(text, Quantity.Signed(value, 2));
}
