namespace EyeSlots.Core.Annotations;

/// <summary>Expression, valence and arousal of a row. -2 means "no label", never a number.</summary>
internal static class Labels
{
    private const double NoLabel = -2;

    /// <summary>What programs write where there is no value: Python, R, pandas, SQL, spreadsheets.</summary>
    private static readonly string[] NoLabelTexts = ["", "null", "none", "na", "nan", "n/a"];

    /// <summary>Reads a label in [-1, 1]; -2 and every text for "no label" are null.</summary>
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

    /// <summary>Reads 0 to 10, also as 3.0; every text for "no label" is null.</summary>
    public static bool TryReadExpression(ReadOnlySpan<char> text, out int? value)
    {
        value = null;
        text = text.Trim();
        if (IsEmpty(text)) return true;
        return DecimalText.TryRead(text, out var number) && TrySetExpression(number, out value);
    }

    /// <summary>Checks an expression: NaN is null, else it must be a whole number from 0 to 10.</summary>
    public static bool TrySetExpression(double number, out int? value)
    {
        value = null;
        if (double.IsNaN(number)) return true;
        if (number is not (>= 0 and <= Expressions.Last) || number != Math.Floor(number)) return false;
        value = (int)number;
        return true;
    }

    /// <summary>Whether a text, without spaces around it, stands for "no label", in any case.</summary>
    public static bool IsEmpty(ReadOnlySpan<char> text)
    {
        foreach (var none in NoLabelTexts)
        {
            if (text.Equals(none, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
