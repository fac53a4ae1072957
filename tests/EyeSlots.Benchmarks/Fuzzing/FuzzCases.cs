namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Runs cases, each drawn by its number. One that throws, or does not end, ends the process with its number.</summary>
internal static class FuzzCases
{
    // A case takes milliseconds, under sanitizers too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="count">How many.</param>
    /// <param name="seed">The same cases for the same seed.</param>
    /// <param name="once">Runs one and says how it ended: a few words, which are counted and printed.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(int count, int seed, Func<int, Random, ValueTask<string>> once)
    {
        SortedDictionary<string, int> ends = new(StringComparer.Ordinal);
        var (number, watched) = (0, -1);
        using var watch = new Timer(
            _ =>
            {
                if (watched == Volatile.Read(ref number)) GiveUp(watched, seed);
                watched = Volatile.Read(ref number);
            },
            null, Patience, Patience);
        for (; number < count; Volatile.Write(ref number, number + 1))
        {
            try
            {
                var end = await once(number, new Random(unchecked((seed * 1_000_003) + number)));
                ends[end] = ends.GetValueOrDefault(end) + 1;
            }
            catch (Exception error)
            {
                Console.WriteLine($"case {number} of seed {seed}: {error}");
                return 1;
            }
        }

        foreach (var (end, times) in ends) Console.WriteLine($"{end} {times}");
        return 0;
    }

    private static void GiveUp(int number, int seed)
    {
        Console.WriteLine($"case {number} of seed {seed}: has not ended within {Patience.TotalMinutes:F0} minute");
        Environment.Exit(1);
    }
}
