using System.Globalization;

namespace EyeSlots.Console;

/// <summary>An amount of memory as options take it and help shows it: <c>512MB</c>, <c>2GB</c>; megabytes where no unit is named.</summary>
/// <param name="Bytes">Bytes of it.</param>
public readonly record struct ByteSize(long Bytes)
{
    private const long Megabyte = 1L << 20, Gigabyte = 1L << 30;

    /// <summary>Reads a size; null where the text is none, or one beyond 64 bits.</summary>
    public static ByteSize? Parse(string text)
    {
        var unit = text.EndsWith("GB", StringComparison.OrdinalIgnoreCase) ? Gigabyte : Megabyte;
        var number = unit == Gigabyte || text.EndsWith("MB", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= long.MaxValue / unit ? new(count * unit) : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Bytes % Gigabyte == 0 && Bytes > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Bytes / Gigabyte}GB")
        : string.Create(CultureInfo.InvariantCulture, $"{Bytes / Megabyte}MB");
}
