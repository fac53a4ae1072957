using System.Globalization;

namespace EyeSlots.Core.Annotations;

/// <summary>Decimals of a list, read exactly: a list of a million faces has 136 million of them.</summary>
internal static class DecimalText
{
    private const int ExactDigits = 15;
    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>
    /// Reads one number. Up to 15 digits are an exact integer divided by an exact power of ten, so one correctly rounded division
    /// gives the nearest double (Clinger, 1990); everything else goes to the framework.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        var (at, digits, decimals, mantissa) = (0, 0, -1, 0L);
        var negative = text.Length > 0 && text[0] == '-';
        if (negative) at = 1;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9) (mantissa, digits) = ((mantissa * 10) + digit, digits + 1);
            else if (text[at] == '.' && decimals < 0) decimals = digits;
            else return Slowly(text, out value);
            if (digits > ExactDigits) return Slowly(text, out value);
        }

        if (digits == 0) return Slowly(text, out value);
        value = mantissa / Powers[decimals < 0 ? 0 : digits - decimals];
        if (negative) value = -value;
        return true;
    }

    private static bool Slowly(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads <c>x;y;x;y…</c>; every number must be there.</summary>
    /// <returns>How many numbers there are, or -1 when one of them is not a number.</returns>
    public static int ReadLandmarks(ReadOnlySpan<char> text, Span<double> values)
    {
        text = text.Trim();
        var count = 0;
        while (text.Length > 0)
        {
            var end = ReadPlain(text, out var value);
            if (end < 0)
            {
                end = text.IndexOf(';') is >= 0 and var semicolon ? semicolon : text.Length;
                if (!TryRead(text[..end], out value)) return -1;
            }

            if (count < values.Length) values[count] = value;
            count++;
            text = end < text.Length ? text[(end + 1)..] : default;
        }

        return count;
    }

    /// <summary>Reads <c>123.45</c> up to a semicolon in one pass, as <see cref="TryRead"/> does; -1 where it is no such number.</summary>
    private static int ReadPlain(ReadOnlySpan<char> text, out double value)
    {
        var (at, digits, decimals, mantissa) = (0, 0, -1, 0L);
        for (; at < text.Length && text[at] != ';'; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9) (mantissa, digits) = ((mantissa * 10) + digit, digits + 1);
            else if (text[at] == '.' && decimals < 0) decimals = digits;
            else digits = ExactDigits + 1;
            if (digits > ExactDigits) break;
        }

        var plain = digits is > 0 and <= ExactDigits;
        value = plain ? mantissa / Powers[decimals < 0 ? 0 : digits - decimals] : 0;
        return plain ? at : -1;
    }
}
