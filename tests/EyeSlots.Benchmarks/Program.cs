using System.Runtime.CompilerServices;
using EyeSlots.Benchmarks.Fuzzing;
using EyeSlots.Benchmarks.S3;
using EyeSlots.Benchmarks.Training;
using EyeSlots.Preprocessing.Cropping;

namespace EyeSlots.Benchmarks;

/// <summary>Measures in turns and prints ratios: absolute times differ from machine to machine.</summary>
internal static class Program
{
    private const string Usage = """
        EyeSlots.Benchmarks WHAT [--check]
          stages [--data DIR]   read, decode, warp, encode and write, each beside its floor
          decode [--data DIR]   the region decoder beside a full OpenCV decode, 224 to 956 px
          memory --data DIR     decode, warp and encode alone, two threads, images in memory
          s3 --data DIR [--count 20000] [--runs 3] [--only beside,distance] [--check]
                                the whole program from and to S3 (a server of this host): beside the job on folders; the server at a distance and
                                in trouble; beside boto3; on a narrow network; memory. Lines: beside, distance, faults, peer, bandwidth, memory
          s3 get [--count 6000] [--runs 3]
                                what a GET of 35 KB costs: by the store, by the AWS SDK, by HTTP alone, in turns
          reads [--count N]     reads alone: from a server of this host, from a distant one, a narrow one and a busy one
          listing               a night in which nothing changed, over a million photographs 30 ms away, and over three million of which
                                a thousand are named: seconds, memory, requests
          job --data DIR --spark-home DIR [--pyarrow DIR] [--runs 3] [--skip-rows] [--skip-peer]
                                the whole program beside the PySpark peer and beside "memory", in turns
          spark job --data DIR --spark-home DIR [--times 10] [--runs 3] [--pyarrow DIR] [--skip-peer]
                                the program on Spark beside its local engine and the PySpark peer, in turns, on DIR's faces so many times
          spark small --data DIR --spark-home DIR [--times 3] [--runs 3]
                                a run of seconds on Spark beside the local engine, in turns, and where its time goes; DIR of 4,000 faces
          spark executors --data DIR --spark-home DIR [--times 2] [--runs 3] [--cpus 1]
                                two executors of one core, or less, beside one
          spark s3 --data DIR --spark-home DIR [--count 40000] [--runs 3] [--cpus 1] [--delay 30]
                                two executors of one core, or less, beside the local engine, from and to S3 so many milliseconds away
          spark start --spark-home DIR [--runs 3]
                                from the start of an executor to our first row on it, and where that time goes
          spark tasks --spark-home DIR [--count 2000] [--runs 3] [--slices 100000]
                                one-row tasks of empty work a second; then so many empty slices in one run, with what they take
          fuzz --count N --seed S
                                reads mutated images and lists; for tests, in a process of its own
          fuzz pixels --count N --seed S
                                calls the native part with hostile files, sizes and lengths (build/sanitized.sh runs it under sanitizers)
          fuzz files --count N --seed S
                                reads shards, quarantine files, manifests, plans, slices and crops that were made hostile; likewise
          training NAME [--check] [--count FACES] [--epochs N] [--models tiny,M1]
                                order, loader, sampler, learn, floors: see CONTRIBUTING.md, Benchmarks
          --check               runs stages, decode, s3 and those of training for a moment on drawn photographs; fails when one does not work
        DIR comes from make_dataset.py DIR COUNT, or from eyeslots synth --out DIR --sizes affectnet.
        """;

    private static async Task<int> Main(string[] args)
    {
        if (EmptyWorker.IsMeant(args)) return await EmptyWorker.RunAsync(args);
        if (DistantProcess.IsMeant(args)) return await DistantProcess.ServeAsync(args);
        if (ListingProcess.IsMeant(args)) return await ListingProcess.ServeAsync(args);
        if (ListingNight.IsMeant(args)) return await ListingNight.ServeAsync(args);

        // OpenCV is used here before the product is, whose initializer says where the library lies.
        RuntimeHelpers.RunModuleConstructor(typeof(SlotCropper).Module.ModuleHandle);
        var options = Options.Parse(args);
        return options.What switch
        {
            "check" => await CheckAsync(),
            "stages" => await StageBenchmark.RunAsync(options.Data, TimeSpan.FromSeconds(2)),
            "decode" => DecodeBenchmark.Run(options.Data, TimeSpan.FromSeconds(1)),
            "memory" => MemoryBenchmark.Run(options.Data, TimeSpan.FromSeconds(5)),
            "s3" => await S3Benchmark.RunAsync(options),
            "s3 get" => await GetBenchmark.RunAsync(options.Count, options.Runs),
            "reads" => await ReadsBenchmark.RunAsync(options.Count),
            "listing" => await ListingBenchmark.RunAsync(options.Check),
            "fuzz" => await Fuzz.RunAsync(options.Count, options.Seed),
            "fuzz pixels" => await PixelFuzz.PixelFuzz.RunAsync(options.Count, options.Seed),
            "fuzz files" => await FileFuzz.RunAsync(options.Count, options.Seed),
            "job" => JobBenchmark.Run(options),
            "spark job" => await SparkJobBenchmark.RunAsync(options),
            "spark small" => await SparkSmallBenchmark.RunAsync(options),
            "spark executors" => await SparkExecutorsBenchmark.RunAsync(options),
            "spark s3" => await SparkS3Benchmark.RunAsync(options),
            "spark start" => await SparkStartBenchmark.RunAsync(options),
            "spark tasks" => await SparkTasksBenchmark.RunAsync(options),
            var what when TrainingBenchmarks.Find(what) is { } benchmark => await benchmark(options),
            _ => await RefuseAsync(),
        };
    }

    private static async Task<int> CheckAsync()
    {
        using var drawn = DrawnFaces.Make(24);
        await StageBenchmark.RunAsync(drawn.Folder, TimeSpan.FromMilliseconds(30));
        DecodeBenchmark.Run(drawn.Folder, TimeSpan.FromMilliseconds(30));
        MemoryBenchmark.Run(drawn.Folder, TimeSpan.FromMilliseconds(200));
        await S3Benchmark.RunAsync(Options.Parse(["s3", "--check", "--data", drawn.Folder]));
        await GetBenchmark.RunAsync(100, 1);
        await ListingBenchmark.RunAsync(check: true);
        return await TrainingBenchmarks.CheckAsync(Options.Parse(["--check"]));
    }

    private static async Task<int> RefuseAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return 2;
    }
}
