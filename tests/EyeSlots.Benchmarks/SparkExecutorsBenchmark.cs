namespace EyeSlots.Benchmarks;

/// <summary>
/// One executor of one core beside two of them, in turns on the same faces. Both clusters are up all the time, so that neither finds
/// another machine than the other; the idle one takes memory and no time. An executor gets so much of a core as is asked for and no more,
/// as in a container: one that is alone would let its JVM work on the second core beside its task. Driver and client, which have machines
/// of their own where a cluster is one, get what is left: with whole cores for the executors that is nothing.
/// </summary>
internal static class SparkExecutorsBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var lists = RepeatedFaces.Lists(options.Data, options.Times);
        using CpuLimit lone = new(options.Cpus), first = new(options.Cpus), second = new(options.Cpus);
        await using var single = await SparkServers.StartClusterAsync(options, 1, launcher: _ => lone.Launcher);
        await using var pair = await SparkServers.StartClusterAsync(options, 2, launcher: number => (number == 0 ? first : second).Launcher);
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

        Console.WriteLine($"median, {options.Cpus} of a core for each: one executor {Turns.Median(one):F2} s, two {Turns.Median(two):F2} s; ratio {Turns.Median(one) / Turns.Median(two):F3} (wanted: at least 1.8)");
        return 0;
    }
}
