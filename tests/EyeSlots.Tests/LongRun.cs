namespace EyeSlots.Tests;

/// <summary>Proofs run in short with every build, and in full where <c>EYESLOTS_LONG=1</c>.</summary>
internal static class LongRun
{
    /// <summary>Whether the full figures are asked for.</summary>
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("EYESLOTS_LONG") == "1";

    /// <summary>How many cases to try.</summary>
    public static int Count(int shortCount, int longCount) => IsOn ? longCount : shortCount;
}
