using System.Diagnostics;

namespace EyeSlots.Integration.Tests.Cli;

/// <summary>The most memory that a run of the program held, as the kernel counts it.</summary>
internal static class PeakMemory
{
    /// <summary>Runs to the end and demands success.</summary>
    /// <returns>Bytes.</returns>
    public static async Task<long> OfAsync(params string[] arguments)
    {
        using var process = EyeSlotsProgram.Start(new Dictionary<string, string>(), arguments);
        var end = EyeSlotsProgram.EndAsync(process);
        long peak = 0;
        while (!end.IsCompleted)
        {
            peak = Math.Max(peak, HighWater(process));
            await Task.WhenAny(end, Task.Delay(5));
        }

        var result = await end;
        Assert.True(result.ExitCode == 0, result.Errors);
        return peak;
    }

    private static long HighWater(Process process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim()) * 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }
}
