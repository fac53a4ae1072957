using System.Diagnostics;
using System.Globalization;

namespace EyeSlots.Benchmarks;

/// <summary>
/// From the start of an executor to the first row of our worker on it, and to its first shards, and where that time goes. Only the first tasks
/// on an executor pay, so each run has a cluster of its own.
/// </summary>
internal static class SparkStartBenchmark
{
    private const int Executors = 2, StartsAlone = 20;

    public static async Task<int> RunAsync(Options options)
    {
        List<ExecutorStart> starts = [];
        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var start in await OfAsync(options))
            {
                starts.Add(start);
                Console.WriteLine($"run {run}: {start}");
            }
        }

        Console.WriteLine($"median: {ExecutorStart.Median(starts)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the worker alone, from its start until it listens: {Alone():F0} ms"));
        return 0;
    }

    private static async Task<List<ExecutorStart>> OfAsync(Options options)
    {
        using var scratch = new Scratch();
        await using var cluster = await SparkServers.StartClusterAsync(options, Executors, ExecutorStart.LogFlags(scratch));
        using var drawn = DrawnFaces.Make(100);
        EyeSlotsRun.OnSpark(RepeatedFaces.Lists(drawn.Folder, 2 * Executors), Path.Combine(drawn.Folder, "Manually_Annotated_Images"), cluster.Server.Remote);
        return [.. Directory.EnumerateFiles(cluster.Folder, "stderr", SearchOption.AllDirectories).Select(log => ExecutorStart.Read(File.ReadAllLines(log)))];
    }

    private static double Alone()
    {
        using var scratch = new Scratch();
        Execution.Of("tar", ["-xf", Path.Combine(SharedFolder.Repository, "artifacts", "worker", "worker.tar"), "-C", scratch.Folder]);
        return Turns.Median([.. Enumerable.Range(0, StartsAlone).Select(_ => StartOnce(Path.Combine(scratch.Folder, "worker")))]);
    }

    /// <summary>The worker says its port when it is ready.</summary>
    private static double StartOnce(string program)
    {
        var start = new ProcessStartInfo(program, ["-m", "pyspark.daemon", "pyspark.worker"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PYTHON_WORKER_FACTORY_SECRET"] = "benchmark";
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardOutput.BaseStream.ReadExactly(new byte[sizeof(int)]);
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        process.StandardInput.Close();
        process.WaitForExit();
        return milliseconds;
    }
}
