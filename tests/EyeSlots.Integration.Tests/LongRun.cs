namespace EyeSlots.Integration.Tests;

/// <summary>Long proofs run in full with <c>./test --long</c>, in a short form otherwise.</summary>
internal static class LongRun
{
    /// <summary>Whether the full figures are asked for.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("EYESLOTS_LONG") == "1";

    /// <summary>How many cases to try.</summary>
    public static int Count(int shortCount, int longCount) => IsOn ? longCount : shortCount;
}
