namespace EyeSlots.Benchmarks;

/// <summary>
/// The program on Spark's two local cores beside its local engine and the tuned PySpark peer, in turns on the same faces. Of ours the
/// whole process counts, without the start of its session; of the peer its job alone.
/// </summary>
internal static class SparkJobBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var lists = RepeatedFaces.Lists(options.Data, options.Times);
        using var repeated = RepeatedFaces.Folder(options.Data, options.Times);
        await using var server = await SparkServers.StartAsync(options);
        SparkServers.Warm(options, server.Remote);
        List<double> local = [], spark = [], peer = [];
        for (var run = 1; run <= options.Runs; run++)
        {
            var here = EyeSlotsRun.Local(lists, options.Data);
            var there = EyeSlotsRun.OnSpark(lists, options.Data, server.Remote);
            EyeSlotsRun.RequireSame(here, there);
            local.Add(here.Seconds);
            spark.Add(there.Seconds);
            Console.WriteLine($"run {run}: {here.Made}");
            Console.Write($"run {run}: local {here.Seconds:F2} s, spark {there.Seconds:F2} s, its session {there.SessionSeconds:F2} s");
            if (!options.SkipPeer) peer.Add(PySparkPeer.Run(options, repeated.Folder, "tuned"));
            Console.WriteLine(options.SkipPeer ? "" : $", peer tuned {peer[^1]:F2} s");
        }

        var (mine, floor) = (Turns.Median(spark), Turns.Median(local));
        Console.WriteLine($"median: local {floor:F2} s, spark {mine:F2} s; spark/local {mine / floor:F3} (wanted: at most 1.10)");
        if (peer.Count > 0) Console.WriteLine($"median: peer tuned {Turns.Median(peer):F2} s; peer/spark {Turns.Median(peer) / mine:F2} (wanted: at least 5)");
        return 0;
    }
}
