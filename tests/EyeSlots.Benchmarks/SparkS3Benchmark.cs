using System.Globalization;
using EyeSlots.Benchmarks.S3;

namespace EyeSlots.Benchmarks;

/// <summary>
/// Two executors of one core beside the local engine with two workers, in turns, on the same share of the cores and from and to the same
/// bucket at a distance. What plays the distance, the S3 server, the driver and the client, which a cluster has elsewhere, get what is left
/// of the machine: with whole cores for the executors that is nothing.
/// </summary>
internal static class SparkS3Benchmark
{
    private const int Executors = 2, MostPhotographs = 4000;

    public static async Task<int> RunAsync(Options options)
    {
        await using var site = await S3Site.OfAsync(options.Data, MostPhotographs);
        await using var distant = await DistantProcess.StartAsync(site.Endpoint, new() { Delay = TimeSpan.FromMilliseconds(options.Delay) });
        var (faces, variables) = (site.Faces(options.Count), S3Site.Environment(distant.Endpoint));
        using CpuLimit both = new(Executors * options.Cpus), first = new(options.Cpus), second = new(options.Cpus);
        await using var cluster = await SparkServers.StartClusterAsync(options, Executors, launcher: number => (number == 0 ? first : second).Launcher, environment: variables);
        List<double> local = [], spark = [];
        for (var run = 0; run <= options.Runs; run++)
        {
            var here = EyeSlotsRun.At(Place("local", run) with { Launcher = both.Launcher }, [faces.List], ["--workers", $"{Executors}"]);
            var there = EyeSlotsRun.At(Place("spark", run).WithServer(cluster.Server.Remote), [faces.List], ["--engine", "spark"]);
            EyeSlotsRun.RequireSame(here, there);

            // The first turn is for the JVMs, which load what a run needs.
            if (run == 0) continue;
            local.Add(faces.Count / here.Seconds);
            spark.Add(faces.Count / there.Seconds);
            Console.WriteLine(FormattableString.Invariant(
                $"run {run}: local {local[^1]:F0} faces a second, spark {spark[^1]:F0}; its session {there.SessionSeconds:F2} s; {here.Made}"));
            Console.WriteLine($"run {run}: local {here.Timeline}");
            Console.WriteLine($"run {run}: spark {there.Timeline}");
        }

        Show(options, local, spark);
        return 0;

        RunPlace Place(string engine, int run) => new(
            faces.Images, string.Create(CultureInfo.InvariantCulture, $"{site.Address}/{engine}{run}"), variables, []);
    }

    private static void Show(Options options, List<double> local, List<double> spark) => Console.WriteLine(FormattableString.Invariant(
        $"median, S3 {options.Delay} ms away, {options.Cpus} of a core for each: local {Turns.Median(local):F0} faces a second, spark {Turns.Median(spark):F0}; spark/local {Turns.Median([.. local.Zip(spark, (here, there) => there / here)]):F2} (wanted: at least 0.85)"));
}
