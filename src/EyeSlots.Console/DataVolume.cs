using System.Globalization;

namespace EyeSlots.Console;

/// <summary>
/// An amount of stored data as options take it and help shows it: <c>51GB</c>, <c>1.5TB</c>, <c>800MiB</c>. Units are decimal, as on bills
/// and in a bucket's metrics, unless they have an i; memory is a <see cref="ByteSize"/>.
/// </summary>
/// <param name="Bytes">Bytes of it.</param>
public readonly record struct DataVolume(long Bytes)
{
    private static readonly (string Unit, double Bytes)[] Units =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1), ("", 1)];

    /// <summary>Reads an amount; null where the text is none, or one beyond 2^60 bytes.</summary>
    public static DataVolume? Parse(string text)
    {
        var (unit, bytes) = Units.First(one => text.EndsWith(one.Unit, StringComparison.Ordinal));
        return double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * bytes <= 1L << 60
            ? new((long)Math.Round(number * bytes))
            : null;
    }

    /// <summary>In the largest decimal unit of which there is one.</summary>
    public override string ToString() => Bytes switch
    {
        >= 1_000_000_000_000 => FormattableString.Invariant($"{Bytes / 1e12:0.##}TB"),
        >= 1_000_000_000 => FormattableString.Invariant($"{Bytes / 1e9:0.##}GB"),
        >= 1_000_000 => FormattableString.Invariant($"{Bytes / 1e6:0.##}MB"),
        >= 1000 => FormattableString.Invariant($"{Bytes / 1e3:0.##}kB"),
        _ => FormattableString.Invariant($"{Bytes}B"),
    };
}
