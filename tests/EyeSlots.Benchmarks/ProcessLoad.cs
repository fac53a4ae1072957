using System.Diagnostics;
using System.Globalization;

namespace EyeSlots.Benchmarks;

/// <summary>What a run takes of the machine: processor time and peak memory of Spark's JVM, of the workers that it started, and of this process.</summary>
internal sealed class ProcessLoad
{
    private readonly int server;
    private readonly Dictionary<int, double> before;
    private readonly double idleBefore = IdleSeconds();
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Begins to measure.</summary>
    /// <param name="server">The JVM of a server in local mode, whose workers are its children.</param>
    public ProcessLoad(int server)
    {
        this.server = server;
        before = Ids().ToDictionary(id => id, Seconds);
    }

    /// <summary>
    /// Tells the share that each had of the cores, and the highest resident memory of its whole life (VmHWM). Idle cores mean that
    /// something waits; what is missing to 100 % went to other programs.
    /// </summary>
    public string Report()
    {
        var capacity = Stopwatch.GetElapsedTime(started).TotalSeconds * Environment.ProcessorCount;
        var idle = IdleSeconds() - idleBefore;
        return string.Join("; ",
            FormattableString.Invariant($"of {capacity:F1} s on {Environment.ProcessorCount} cores: driver JVM {Of(capacity, server)}"),
            $"worker {Of(capacity, [.. Workers()])}", $"this process {Of(capacity, Environment.ProcessId)}",
            FormattableString.Invariant($"idle {idle:F1} s = {100 * idle / capacity:F0} %"));
    }

    private string Of(double capacity, params int[] ids)
    {
        var seconds = ids.Sum(id => Seconds(id) - before.GetValueOrDefault(id));
        return FormattableString.Invariant($"{seconds:F1} s = {100 * seconds / capacity:F0} %, peak {ids.Select(PeakMegabytes).DefaultIfEmpty().Max():F0} MB");
    }

    private IEnumerable<int> Ids() => [server, Environment.ProcessId, .. Workers()];

    private IEnumerable<int> Workers() => Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))
        .Where(id => Parent(id) == server);

    /// <summary>The second field after the name, which stands in brackets and may hold anything.</summary>
    private static int Parent(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended since.
            return -1;
        }
    }

    /// <summary>Of all cores: the fourth number of the first line, in hundredths.</summary>
    private static double IdleSeconds()
    {
        var cores = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(cores[4], CultureInfo.InvariantCulture) / 100;
    }

    private static double Seconds(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static double PeakMegabytes(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
