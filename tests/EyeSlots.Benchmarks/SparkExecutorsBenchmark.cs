namespace EyeSlots.Benchmarks;

/// <summary>
/// One executor of one core beside two of them, in turns on the same faces. Both clusters are up all the time, so that neither finds
/// another machine than the other; the idle one takes memory and no time. An executor has one core of the machine and no other, as in a
/// container of one CPU: one that is alone would let its JVM work on the second core beside its task. Driver and client go where there is room.
/// </summary>
internal static class SparkExecutorsBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var lists = RepeatedFaces.Lists(options.Data, options.Times);
        await using var single = await SparkServers.StartClusterAsync(options, 1, pinned: true);
        await using var pair = await SparkServers.StartClusterAsync(options, 2, pinned: true);
        SparkServers.Warm(options, single.Server.Remote, pair.Server.Remote);
        List<double> one = [], two = [];
        for (var run = 1; run <= options.Runs; run++)
        {
            var alone = EyeSlotsRun.OnSpark(lists, options.Data, single.Server.Remote);
            var both = EyeSlotsRun.OnSpark(lists, options.Data, pair.Server.Remote);
            EyeSlotsRun.RequireSame(alone, both);
            one.Add(alone.Seconds);
            two.Add(both.Seconds);
            Console.WriteLine($"run {run}: {alone.Made}");
            Console.WriteLine($"run {run}: one executor {alone.Seconds:F2} s, two {both.Seconds:F2} s");
        }

        Console.WriteLine($"median: one executor {Turns.Median(one):F2} s, two {Turns.Median(two):F2} s; ratio {Turns.Median(one) / Turns.Median(two):F3} (wanted: at least 1.8)");
        return 0;
    }
}
