namespace EyeSlots.Core;

/// <summary>
/// What the values of options must fulfil. Records of options check themselves with it, wherever they come from; texts name an option as
/// the command line does, since that is where users meet it.
/// </summary>
public static class Require
{
    /// <summary>Demands a value within a range, both ends included; NaN is in none.</summary>
    /// <exception cref="EyeSlotsException">usage: it lies outside.</exception>
    public static void Between<T>(string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0) throw Wrong(FormattableString.Invariant($"{option} must lie between {least} and {most}, not {value}."));
    }

    /// <summary>Demands one of an enumeration's values.</summary>
    /// <exception cref="EyeSlotsException">usage: it is a number without a name.</exception>
    public static void Defined<T>(string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) throw Wrong($"{option} has no value {value}.");
    }

    /// <summary>Demands whatever else a combination of options must fulfil.</summary>
    /// <exception cref="EyeSlotsException">usage, with the text: it does not.</exception>
    public static void That(bool isFulfilled, string otherwise)
    {
        if (!isFulfilled) throw Wrong(otherwise);
    }

    private static EyeSlotsException Wrong(string text) => new(ErrorCodes.Usage, text);
}
