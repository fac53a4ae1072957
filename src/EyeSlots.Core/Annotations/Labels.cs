using System.Globalization;

namespace EyeSlots.Core.Annotations;

/// <summary>Expression, valence and arousal of a row. -2 means "no label", never a number.</summary>
internal static class Labels
{
    private const int LastExpression = 10;
    private const double NoLabel = -2;

    /// <summary>Reads a label in [-1, 1]; empty, NULL and -2 are null.</summary>
    public static bool TryReadAffect(ReadOnlySpan<char> text, out float? value)
    {
        value = null;
        text = text.Trim();
        if (IsEmpty(text)) return true;
        if (!DecimalText.TryRead(text, out var number)) return false;
        return TrySetAffect(number, out value);
    }

    /// <summary>Checks a label: -2 and NaN are null, else it must lie in [-1, 1].</summary>
    public static bool TrySetAffect(double number, out float? value)
    {
        value = null;
        if (number == NoLabel || double.IsNaN(number)) return true;
        if (number is not (>= -1 and <= 1)) return false;
        value = (float)number;
        return true;
    }

    /// <summary>Reads 0 to 10; empty and NULL are null.</summary>
    public static bool TryReadExpression(ReadOnlySpan<char> text, out int? value)
    {
        value = null;
        text = text.Trim();
        if (IsEmpty(text)) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > LastExpression) return false;
        value = number;
        return true;
    }

    private static bool IsEmpty(ReadOnlySpan<char> text) => text.Length == 0 || text is "NULL" || text.Equals("nan", StringComparison.OrdinalIgnoreCase);
}
