using System.Diagnostics;
using Apache.Arrow;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Engine;

namespace EyeSlots.Benchmarks;

/// <summary>What tasks cost besides their work, on two local cores: rows of one task each, then a run of many slices.</summary>
internal static class SparkTasksBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        using var scratch = new Scratch();
        await using var server = await SparkServers.StartAsync(options);
        var spark = new SparkEngineOptions { Remote = server.Remote, WorkerArchive = EmptyWorker.Pack(scratch) };
        if (options.Count > 0) await RowsAsync(spark, options.Count, options.Runs);
        if (options.Slices > 0) await EmptySlices.RunAsync(spark, server.ProcessId, options.Slices);
        return 0;
    }

    private static async Task RowsAsync(SparkEngineOptions spark, int count, int runs)
    {
        await using var cluster = await SparkCluster.OpenAsync(spark with { MostRows = count }, CancellationToken.None);
        var rows = new Int32Array.Builder().AppendRange(Enumerable.Range(0, count)).Build();
        var tasks = cluster.Session.CreateDataFrame(new RecordBatch(EmptyWorker.Columns, [rows], count))
            .MapInArrow(new SparkFunction(EmptyWorker.Partition), EmptyWorker.Columns);
        Console.WriteLine($"{count} one-row tasks, cold: {await RateAsync(tasks, count):F0} a second");
        List<double> rates = [];
        for (var run = 1; run <= runs; run++)
        {
            rates.Add(await RateAsync(tasks, count));
            Console.WriteLine($"run {run}: {rates[^1]:F0} a second");
        }

        Console.WriteLine($"median: {Turns.Median(rates):F0} one-row tasks a second, warm (wanted: at least 350)");
    }

    private static async Task<double> RateAsync(DataFrame tasks, int count)
    {
        var started = Stopwatch.GetTimestamp();
        HashSet<int> partitions = [];
        await foreach (var row in tasks.CollectAsync()) partitions.Add(row.GetAs<int>(0));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        // Rows that shared a task would make the rate look better than it is.
        return partitions.Count == count ? count / seconds : throw new InvalidOperationException($"{count} rows were sent and ran in {partitions.Count} tasks.");
    }
}
