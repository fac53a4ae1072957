using CsCheck;

namespace EyeSlots.Tests;

/// <summary>Draws the same cases in every run, so that a failure comes back: CsCheck's own sampling is seeded for its first case only.</summary>
internal static class Seeded
{
    private const uint Stream = 17;

    /// <summary>Checks so many drawn cases; a failure names the case.</summary>
    public static void ForAll<T>(Gen<T> cases, int count, Action<T> check)
    {
        for (var seed = 1; seed <= count; seed++)
        {
            var drawn = cases.Generate(new PCG(Stream, (ulong)seed), null, out _);
            try
            {
                check(drawn);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Case {seed} ({drawn}): {error.Message}", error);
            }
        }
    }
}
