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

    /// <summary>Two decimals, now and then with a character that does not belong there.</summary>
    private static readonly Gen<string> AffectNetNumbers = Gen.Select(Gen.Int[0, 20_000_00], Gen.Int[0, 40], Gen.Char["/:09.;, \u0130\uff11"]).Select((cents, at, odd) =>
    {
        var text = (cents / 100m).ToString("F2", CultureInfo.InvariantCulture);
        return at < text.Length ? text[..at] + odd + text[(at + 1)..] : text;
    });

    [Fact]
    public void TryRead_AnyText_EqualsTheFrameworkToTheBit() => Seeded.ForAll(Texts, LongRun.Count(50_000, 2_000_000), text =>
    {
        var expected = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var slow);
        Assert.Equal(expected, DecimalText.TryRead(text, out var fast));
        if (expected) Assert.Equal(BitConverter.DoubleToInt64Bits(slow), BitConverter.DoubleToInt64Bits(fast));
    });

    [Fact]
    public void ReadLandmarks_AnyNumbers_EqualsTheFrameworkToTheBit() =>
        Seeded.ForAll(Gen.OneOf(Texts, AffectNetNumbers).Array[0, 9], LongRun.Count(20_000, 1_000_000), texts =>
        {
            var text = string.Join(';', texts);
            var expected = text.Trim().Split(';').Select(number => double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (double?)null).ToList();
            if (expected[^1] is null && text.Trim() is "" or [.., ';']) expected.RemoveAt(expected.Count - 1);
            var values = new double[136];
            var count = DecimalText.ReadLandmarks(text, values);
            Assert.Equal(expected.Contains(null) ? -1 : expected.Count, count);
            for (var i = 0; i < count; i++) Assert.Equal(BitConverter.DoubleToInt64Bits(expected[i]!.Value), BitConverter.DoubleToInt64Bits(values[i]));
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
