using System.Diagnostics;

namespace EyeSlots.Benchmarks;

/// <summary>Runs rivals in turns, so that both see the same machine, and compares their medians.</summary>
internal static class Turns
{
    /// <summary>Repeats both actions in turns for about the given time each; prints microseconds for one item and the ratio.</summary>
    /// <param name="title">What is measured.</param>
    /// <param name="items">Items that one call of an action works on.</param>
    /// <param name="ours">The product.</param>
    /// <param name="other">A floor or a rival.</param>
    /// <param name="otherName">Its name.</param>
    /// <param name="time">For each action.</param>
    public static void Compare(string title, int items, Action ours, string otherName, Action other, TimeSpan time)
    {
        ours();
        other();
        List<double> a = [], b = [];
        for (var started = Stopwatch.GetTimestamp(); a.Count < 3 || Stopwatch.GetElapsedTime(started) < 2 * time;)
        {
            a.Add(Microseconds(ours) / items);
            b.Add(Microseconds(other) / items);
        }

        var (mine, theirs) = (Median(a), Median(b));
        Console.WriteLine($"{title,-28} {mine,9:F1} µs   {otherName,-34} {theirs,9:F1} µs   ratio {theirs / mine,6:F2}");
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static double Microseconds(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}
