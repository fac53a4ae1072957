namespace EyeSlots.Spark.Tests;

/// <summary>Proofs run in short with every build, and in full where <c>EYESLOTS_LONG=1</c>.</summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("EYESLOTS_LONG") == "1";
}
