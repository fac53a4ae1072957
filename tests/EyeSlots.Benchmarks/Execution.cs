using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EyeSlots.Benchmarks;

/// <summary>A program that runs to its end.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="Seconds">From its start to its exit.</param>
/// <param name="ProcessorSeconds">User and system time of all its threads, and of processes that it waited for.</param>
/// <param name="PeakBytes">The highest resident memory of the process itself, as the kernel counts it.</param>
internal sealed partial record Execution(string Output, double Seconds, double ProcessorSeconds, long PeakBytes)
{
    private const int Children = -1;
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs it and demands success. One at a time, or each is told the time of both.</summary>
    public static Execution Of(string program, IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var (started, before) = (Stopwatch.GetTimestamp(), ChildrenSeconds());
        using var process = Process.Start(start)!;
        var (printed, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = HighWater(process.Id);
        while (!process.WaitForExit(Watch)) peak = Math.Max(peak, HighWater(process.Id));
        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0
            ? new(printed.Result, seconds, ChildrenSeconds() - before, peak)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {printed.Result}{errors.Result}");
    }

    // Of children that have ended and were waited for, as a process is when it is seen to have exited.
    private static double ChildrenSeconds()
    {
        if (ResourceUsage(Children, out var usage) != 0) throw new InvalidOperationException("The kernel does not tell what children took.");
        return usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6);
    }

    private static long HighWater(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), System.Globalization.CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int ResourceUsage(int who, out Usage usage);

    /// <summary>The kernel's <c>struct rusage</c>; 14 further numbers follow.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private readonly struct Usage
    {
        public readonly long UserSeconds;
        public readonly long UserMicroseconds;
        public readonly long SystemSeconds;
        public readonly long SystemMicroseconds;
    }
}
