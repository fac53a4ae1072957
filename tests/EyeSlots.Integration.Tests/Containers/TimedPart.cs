using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Containers;

/// <summary>Says how long the parts of a long test took, to whoever runs it with <c>-diagnostics</c>.</summary>
internal static class TimedPart
{
    public static async Task RunAsync(string what, Func<Task> part)
    {
        var started = Stopwatch.GetTimestamp();
        await part();
        TestContext.Current.SendDiagnosticMessage("{0}: {1:F1} s", what, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
