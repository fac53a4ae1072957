using System.Globalization;
using CsCheck;
using EyeSlots.Core.Annotations;

namespace EyeSlots.Tests.Annotations;

/// <summary>Numbers of a list are read to the bit as the framework reads them.</summary>
public sealed class DecimalTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Double.Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Int[0, 17]).Select((value, digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture)),
        Gen.Select(Gen.Double[-2000, 2000], Gen.Int[0, 18]).Select((value, digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture)),
        Gen.String[Gen.Char["0123456789.+-eE ;"], 0, 12]);

    [Fact]
    public void TryRead_AnyText_EqualsTheFrameworkToTheBit() => Seeded.ForAll(Texts, LongRun.Count(50_000, 2_000_000), text =>
    {
        var expected = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var slow);
        Assert.Equal(expected, DecimalText.TryRead(text, out var fast));
        if (expected) Assert.Equal(BitConverter.DoubleToInt64Bits(slow), BitConverter.DoubleToInt64Bits(fast));
    });

    [Theory]
    [InlineData("1;2;3", 3)]
    [InlineData("1;2;3;", 3)]
    [InlineData(" 1 ; 2 ", 2)]
    [InlineData("", 0)]
    [InlineData("  ", 0)]
    [InlineData("1;;2", -1)]
    [InlineData("1,5;2", -1)]
    [InlineData("NULL", -1)]
    public void ReadLandmarks_AnyText_CountsItsNumbers(string text, int count) =>
        Assert.Equal(count, DecimalText.ReadLandmarks(text, new double[136]));
}
