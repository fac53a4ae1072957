using System.Diagnostics;
using System.Globalization;

namespace EyeSlots.Benchmarks;

/// <summary>What a run takes of the machine: processor time and peak memory of Spark's JVM, of the workers that it started, and of this process.</summary>
internal sealed class ProcessLoad
{
    private readonly int server;
    private readonly Dictionary<int, double> before;
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Begins to measure.</summary>
    /// <param name="server">The JVM of a server in local mode, whose workers are its children.</param>
    public ProcessLoad(int server)
    {
        this.server = server;
        before = Ids().ToDictionary(id => id, Seconds);
    }

    /// <summary>Tells the share that each had of the cores, and the highest resident memory of its whole life (VmHWM).</summary>
    public string Report()
    {
        var capacity = Stopwatch.GetElapsedTime(started).TotalSeconds * Environment.ProcessorCount;
        string Told(string name, params int[] ids) => FormattableString.Invariant(
            $"{name} {ids.Sum(id => Seconds(id) - before.GetValueOrDefault(id)):F1} s = {100 * ids.Sum(id => Seconds(id) - before.GetValueOrDefault(id)) / capacity:F0} %, peak {ids.Select(PeakMegabytes).DefaultIfEmpty().Max():F0} MB");
        return FormattableString.Invariant($"of {capacity:F1} s on {Environment.ProcessorCount} cores: ") +
            string.Join("; ", Told("driver JVM", server), Told("worker", [.. Workers()]), Told("this process", Environment.ProcessId));
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
