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
}
