using System.Globalization;

namespace EyeSlots.Console;

/// <summary>A time as options take it and help shows it: a number and its unit, such as <c>90s</c>, <c>30m</c>, <c>24h</c> or <c>7d</c>.</summary>
/// <param name="Time">The time.</param>
public readonly record struct Duration(TimeSpan Time)
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
        [('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    /// <summary>Reads a time; null where the text is none, or one longer than <see cref="TimeSpan.MaxValue"/>.</summary>
    public static Duration? Parse(string text)
    {
        foreach (var (unit, length) in Units)
        {
            if (!text.EndsWith(unit)) continue;
            if (!double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            return number * length.Ticks < long.MaxValue ? new(TimeSpan.FromTicks((long)Math.Round(number * length.Ticks))) : null;
        }

        return null;
    }

    /// <summary>In the longest unit of which it has a whole number, but a day in hours, as everybody says it.</summary>
    public override string ToString()
    {
        var time = Time;
        var longest = time == Units[0].Length ? 1 : 0;
        var (unit, length) = Units.Skip(longest).First(one => one.Unit == 's' || (time >= one.Length && time.Ticks % one.Length.Ticks == 0));
        return string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / (double)length.Ticks:0.###}{unit}");
    }
}
