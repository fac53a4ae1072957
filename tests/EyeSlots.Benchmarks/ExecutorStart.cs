using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Benchmarks;

/// <summary>What an executor did until its first shards, in milliseconds, as its log tells.</summary>
/// <param name="Jvm">From the start of its process until it takes tasks.</param>
/// <param name="Fetch">The program's files from the driver for the first task, which only asks what is there, until the last of them is asked for.</param>
/// <param name="Prepare">That one, and Spark's own preparation: the task's code and its first Arrow memory.</param>
/// <param name="Worker">From the start of our process until it serves the task's connection.</param>
/// <param name="Row">From there until the row is back: Spark makes its input, our function answers.</param>
/// <param name="Shards">The first task with slices: the library fetched and unpacked, and a hundred faces cut.</param>
internal sealed partial record ExecutorStart(double Jvm, double Fetch, double Prepare, double Worker, double Row, double Shards)
{
    private const string LogSettings = """
        rootLogger.level = info
        rootLogger.appenderRef.stderr.ref = stderr
        appender.stderr.type = Console
        appender.stderr.name = stderr
        appender.stderr.target = SYSTEM_ERR
        appender.stderr.layout.type = PatternLayout
        appender.stderr.layout.pattern = %d{UNIX_MILLIS} [%t] %c{1}: %m%n%ex
        """;

    /// <summary>A JVM's flags for a log whose times have milliseconds; Spark's own has seconds.</summary>
    public static string LogFlags(Scratch scratch)
    {
        var file = Path.Combine(scratch.Folder, "log4j2.properties");
        File.WriteAllText(file, LogSettings);
        return $"-Dlog4j2.configurationFile={file}";
    }

    /// <summary>Reads the log of an executor that still runs.</summary>
    public static ExecutorStart Read(IEnumerable<string> log)
    {
        var lines = log.Select(text => Line().Match(text)).Where(line => line.Success)
            .Select(line => new Entry(double.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture), line.Groups[2].Value, line.Groups[3].Value)).ToList();
        var daemon = Daemon().Match(lines.First(line => Daemon().IsMatch(line.Text)).Text);
        using var process = Process.GetProcessById(int.Parse(daemon.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        var begun = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds();
        var ready = lines.First(line => line.Text.Contains("Starting executor ID", StringComparison.Ordinal)).Time;

        var running = lines.First(line => line.Text.Contains("Running task", StringComparison.Ordinal));
        var task = lines.Where(line => line.Thread == running.Thread).ToList();
        var fetched = task.TakeWhile(line => !Times().IsMatch(line.Text)).Last(line => line.Text.Contains("Fetching spark:", StringComparison.Ordinal)).Time;
        var row = task.First(line => Times().IsMatch(line.Text));
        var times = Times().Match(row.Text).Groups.Values.Skip(1).Select(group => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture)).ToList();
        return new(ready - begun, fetched - running.Time, row.Time - times[0] - fetched, times[1], times[0] - times[1], ShardsOf(lines));
    }

    /// <summary>The task that fetches the library is the first that has slices; its thread's name is its own.</summary>
    private static double ShardsOf(List<Entry> lines)
    {
        var fetch = lines.First(line => line.Text.Contains("Fetching spark:", StringComparison.Ordinal) && line.Text.Contains(".br", StringComparison.Ordinal));
        var task = lines.Where(line => line.Thread == fetch.Thread).ToList();
        return task.First(line => Times().IsMatch(line.Text)).Time - task.First(line => line.Text.Contains("Running task", StringComparison.Ordinal)).Time;
    }

    /// <summary>The median of each part.</summary>
    public static ExecutorStart Median(IReadOnlyCollection<ExecutorStart> starts)
    {
        return new(Of(start => start.Jvm), Of(start => start.Fetch), Of(start => start.Prepare), Of(start => start.Worker), Of(start => start.Row), Of(start => start.Shards));

        double Of(Func<ExecutorStart, double> part) => Turns.Median([.. starts.Select(part)]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"executor's JVM {Jvm:F0} ms; first task to first row {Fetch + Prepare + Worker + Row:F0} ms: fetch {Fetch:F0}, Spark's preparation {Prepare:F0}, worker {Worker:F0}, row {Row:F0}; the first task with slices, and with the library, {Shards:F0} ms");

    [GeneratedRegex(@"^(\d{13}) \[(.*?)\] (.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"Started daemon with process name: (\d+)@")]
    private static partial Regex Daemon();

    /// <summary>Spark's sum of a Python task: in all, until the worker serves, until it has the header, until it has answered.</summary>
    [GeneratedRegex(@"Times: total = (\d+), boot = (-?\d+), init = (\d+), finish = (\d+)")]
    private static partial Regex Times();

    private sealed record Entry(double Time, string Thread, string Text);
}
