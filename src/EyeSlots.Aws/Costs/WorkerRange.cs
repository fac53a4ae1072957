using System.Globalization;

namespace EyeSlots.Aws.Costs;

/// <summary>How many workers a cluster has, as options take it and help shows it: <c>4</c>, <c>2-8</c>, or <c>0</c> for a master that works alone.</summary>
/// <param name="Least">Without them a cluster is not ready.</param>
/// <param name="Most">So many at most, up to <see cref="MostWorkers"/>.</param>
public readonly record struct WorkerRange(int Least, int Most)
{
    /// <summary>The most workers of a cluster; the templates' parameters have the same limit.</summary>
    public const int MostWorkers = 64;

    /// <summary>Two to eight.</summary>
    public static WorkerRange Usual => new(2, 8);

    /// <summary>Reads a range; null where the text is none.</summary>
    public static WorkerRange? Parse(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 2 || !TryParse(parts[0], out var least) || !TryParse(parts[^1], out var most)) return null;
        return least <= most && (least > 0 || most == 0) ? new(least, most) : null;
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Least == Most ? $"{Least}" : $"{Least}-{Most}";

    private static bool TryParse(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MostWorkers;
}
