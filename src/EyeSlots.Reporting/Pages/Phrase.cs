using System.Globalization;

namespace EyeSlots.Reporting.Pages;

/// <summary>A piece of a sentence or of a table's cell: text, or a number as it is shown, together with its exact value.</summary>
/// <param name="Shown">What is read.</param>
/// <param name="Value">The number to its last digit, for who reads the page by a program; null of text.</param>
internal readonly record struct Phrase(string Shown, string? Value)
{
    /// <summary>Stands where there is no number.</summary>
    public const string Missing = "–";

    /// <summary>Text.</summary>
    public static implicit operator Phrase(string text) => new(text, null);

    /// <summary>A number with so many decimals.</summary>
    public static Phrase Of(double? value, int decimals = 3) =>
        value is { } number ? new Phrase(Quantity.Fixed(number, decimals), number.ToString("R", CultureInfo.InvariantCulture)) : Missing;

    /// <summary>A number with its plus or minus.</summary>
    public static Phrase Signed(double? value, int decimals = 3) =>
        value is { } number ? new Phrase(Quantity.Signed(number, decimals), number.ToString("R", CultureInfo.InvariantCulture)) : Missing;

    /// <summary>A number by its significant digits: learning rates, which may be 1E-05.</summary>
    public static Phrase Exact(double value) => new(value.ToString("G6", CultureInfo.InvariantCulture), value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A whole number.</summary>
    public static Phrase Of(long value) => new(Quantity.Number(value), value.ToString(CultureInfo.InvariantCulture));
}
