using System.Diagnostics;

namespace EyeSlots.Benchmarks;

/// <summary>A program that runs to its end.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="Seconds">From its start to its exit.</param>
internal sealed record Execution(string Output, double Seconds)
{
    /// <summary>Runs it and demands success.</summary>
    public static Execution Of(string program, IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? new(printed, seconds)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {printed}{errors.Result}");
    }
}
