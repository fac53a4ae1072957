namespace EyeSlots.Benchmarks;

/// <summary>
/// A run of seconds on Spark's two local cores beside the local engine, in turns, on a server that has run one such job before: what a
/// user waits for besides the work. The start of the session is told apart; where the rest goes, the program's own log says.
/// </summary>
internal static class SparkSmallBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        var lists = RepeatedFaces.Lists(options.Data, options.Times);
        await using var server = await SparkServers.StartAsync(options);
        EyeSlotsRun.OnSpark(lists, options.Data, server.Remote);
        List<EyeSlotsRun> local = [], spark = [];
        List<double> ratios = [];
        for (var run = 1; run <= options.Runs; run++)
        {
            local.Add(EyeSlotsRun.Local(lists, options.Data));
            spark.Add(EyeSlotsRun.OnSpark(lists, options.Data, server.Remote));
            EyeSlotsRun.RequireSame(local[^1], spark[^1]);
            ratios.Add(spark[^1].Seconds / local[^1].Seconds);
            Console.WriteLine($"run {run}: {spark[^1].Made}");
            Console.WriteLine(FormattableString.Invariant(
                $"run {run}: local {local[^1].Seconds:F2} s, spark {spark[^1].Seconds:F2} s, its session {spark[^1].SessionSeconds:F2} s"));
        }

        var (floor, mine, session) = (Median(local, run => run.Seconds), Median(spark, run => run.Seconds), Median(spark, run => run.SessionSeconds));
        Console.WriteLine($"local: {RunTimeline.Median([.. local.Select(run => run.Timeline)])}");
        Console.WriteLine($"spark: {RunTimeline.Median([.. spark.Select(run => run.Timeline)])}");
        Console.WriteLine(FormattableString.Invariant(
            $"median: local {floor:F2} s, spark {mine:F2} s and its session {session:F2} s; spark/local {Turns.Median(ratios):F2}, the session apart (wanted: at most 1.3)"));
        return 0;
    }

    private static double Median(List<EyeSlotsRun> runs, Func<EyeSlotsRun, double> value) => Turns.Median([.. runs.Select(value)]);
}
