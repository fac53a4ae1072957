namespace EyeSlots.Benchmarks;

/// <summary>
/// Our whole process from start to exit against the seconds that the PySpark peer prints for its job alone (its session is
/// up by then), and against decoding, warping and encoding alone, in turns on the same images.
/// </summary>
internal static class JobBenchmark
{
    private static readonly TimeSpan InMemory = TimeSpan.FromSeconds(3);

    public static int Run(Options options)
    {
        List<double> ours = [], tuned = [], rows = [], memory = [];
        var faces = File.ReadLines(Path.Combine(options.Data, "training.csv")).Count() - 1;
        var crops = new MemoryBenchmark(options.Data);
        for (var run = 1; run <= options.Runs; run++)
        {
            ours.Add(EyeSlotsRun.Local(RepeatedFaces.Lists(options.Data, 1), options.Data).Seconds);
            memory.Add(crops.Rate(InMemory));
            if (!options.SkipPeer) tuned.Add(PySparkPeer.Run(options, options.Data, "tuned"));
            Console.WriteLine(FormattableString.Invariant($"run {run}: eyeslots {ours[^1]:F2} s, {faces / ours[^1]:F0} faces/s; in memory {memory[^1]:F0}") + Told("; peer tuned", tuned));
        }

        for (var run = 1; !options.SkipRows && run <= options.Runs; run++)
        {
            rows.Add(PySparkPeer.Run(options, options.Data, "rows"));
            Console.WriteLine($"run {run}{Told(": peer rows", rows)}");
        }

        var mine = Turns.Median(ours);
        var share = faces / mine / Turns.Median(memory);
        Console.WriteLine(FormattableString.Invariant($"median of {faces} faces: eyeslots {mine:F2} s, {share:F2} of the rate in memory (wanted: at least 0.90)")
            + Times("peer tuned (wanted: at least 8.00)", tuned, mine) + Times("peer rows", rows, mine));
        return 0;
    }

    private static string Told(string who, List<double> seconds) => seconds.Count == 0 ? "" : FormattableString.Invariant($"{who} {seconds[^1]:F2} s");

    private static string Times(string who, List<double> seconds, double mine) =>
        seconds.Count == 0 ? "" : FormattableString.Invariant($"; {Turns.Median(seconds) / mine:F2} times {who}");
}
