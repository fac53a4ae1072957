namespace EyeSlots.Benchmarks;

/// <summary>
/// Our whole process from start to exit against the seconds that the PySpark peer prints for its job alone (its session is
/// up by then), in turns on the same images.
/// </summary>
internal static class JobBenchmark
{
    public static int Run(Options options)
    {
        List<double> ours = [], tuned = [], rows = [];
        for (var run = 1; run <= options.Runs; run++)
        {
            ours.Add(EyeSlotsRun.Local(RepeatedFaces.Lists(options.Data, 1), options.Data).Seconds);
            tuned.Add(PySparkPeer.Run(options, options.Data, "tuned"));
            Console.WriteLine($"run {run}: eyeslots {ours[^1]:F2} s, peer tuned {tuned[^1]:F2} s");
        }

        for (var run = 1; !options.SkipRows && run <= options.Runs; run++)
        {
            rows.Add(PySparkPeer.Run(options, options.Data, "rows"));
            Console.WriteLine($"run {run}: peer rows {rows[^1]:F2} s");
        }

        var mine = Turns.Median(ours);
        Console.WriteLine($"median: eyeslots {mine:F2} s; {Turns.Median(tuned) / mine:F2} times peer tuned" +
            (rows.Count > 0 ? $"; {Turns.Median(rows) / mine:F2} times peer rows" : ""));
        return 0;
    }
}
