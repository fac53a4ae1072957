using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EyeSlots.Benchmarks;

/// <summary>
/// Our whole process from start to exit against the seconds that the PySpark peer prints for its job alone (its session is
/// up by then), in turns on the same images.
/// </summary>
internal static partial class JobBenchmark
{
    public static int Run(Options options)
    {
        List<double> ours = [], tuned = [], rows = [];
        for (var run = 1; run <= options.Runs; run++)
        {
            ours.Add(Ours(options));
            tuned.Add(Peer(options, "tuned"));
            Console.WriteLine($"run {run}: eyeslots {ours[^1]:F2} s, peer tuned {tuned[^1]:F2} s");
        }

        for (var run = 1; !options.SkipRows && run <= options.Runs; run++)
        {
            rows.Add(Peer(options, "rows"));
            Console.WriteLine($"run {run}: peer rows {rows[^1]:F2} s");
        }

        var mine = Turns.Median(ours);
        Console.WriteLine($"median: eyeslots {mine:F2} s; {Turns.Median(tuned) / mine:F2} times peer tuned" +
            (rows.Count > 0 ? $"; {Turns.Median(rows) / mine:F2} times peer rows" : ""));
        return 0;
    }

    private static double Ours(Options options)
    {
        using var output = new Scratch();
        var arguments = new[] { "preprocess", "--annotations", Path.Combine(options.Data, "training.csv"),
            "--images", options.Data, "--out", output.Folder, "--workers", "2", "--json" };
        var started = Stopwatch.GetTimestamp();
        Execute(Path.Combine(Repository(), "eyeslots"), arguments, []);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Execute(Path.Combine(Repository(), "eyeslots"), ["verify", "--out", output.Folder, "--json"], []);
        return seconds;
    }

    private static double Peer(Options options, string mode)
    {
        using var output = new Scratch();
        var shared = Environment.GetEnvironmentVariable("EYESLOTS_SHARED") ?? Path.Combine(Repository(), "..", "shared");
        var printed = Execute(
            Path.Combine(options.SparkHome, "bin", "spark-submit"),
            ["--master", "local[2]", Path.Combine(shared, "peers", "pyspark_cv2.py"), options.Data, Path.Combine(output.Folder, "out"), "--mode", mode],
            new() { ["PYTHONPATH"] = options.PyArrow, ["PYSPARK_PYTHON"] = "/usr/bin/python3", ["PYSPARK_DRIVER_PYTHON"] = "/usr/bin/python3" });
        return double.Parse(Seconds().Match(printed).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string Execute(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? printed : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {printed}{errors.Result}");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EyeSlots.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Run the benchmarks inside the repository.");
    }

    [GeneratedRegex(@"seconds=([0-9.]+)")]
    private static partial Regex Seconds();
}
