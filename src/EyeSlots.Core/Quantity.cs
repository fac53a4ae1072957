using System.Globalization;

namespace EyeSlots.Core;

/// <summary>Amounts as sentences and tables show them, the same under every locale.</summary>
public static class Quantity
{
    /// <summary>A number with its thousands grouped.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with so many decimals. What is shown as zero has no minus sign, which .NET would leave.</summary>
    /// <param name="value">The number.</param>
    /// <param name="decimals">Digits behind the point.</param>
    public static string Fixed(double value, int decimals) => (Math.Round(value, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture);

    /// <summary>The same with a plus sign where it is not negative.</summary>
    public static string Signed(double value, int decimals) => Fixed(value, decimals) is var text && text.StartsWith('-') ? text : $"+{text}";

    /// <summary>A number and what it counts: <c>1 face</c>, <c>2,000 faces</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">What one is called.</param>
    /// <param name="plural">What several are called, where it is not the noun with an s.</param>
    public static string Of(long count, string noun, string? plural = null) => $"{Number(count)} {(count == 1 ? noun : plural ?? noun + "s")}";

    /// <summary>Bytes in the largest unit of which there is one.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1L << 30 => FormattableString.Invariant($"{bytes / (double)(1L << 30):F2} GiB"),
        >= 1L << 20 => FormattableString.Invariant($"{bytes / (double)(1L << 20):F1} MiB"),
        >= 1L << 10 => FormattableString.Invariant($"{bytes / (double)(1L << 10):F1} KiB"),
        _ => FormattableString.Invariant($"{bytes} B"),
    };

    /// <summary>A part of a whole in percent; <c>0 %</c> of nothing.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "0 %" : FormattableString.Invariant($"{100.0 * part / whole:F1} %");
}
