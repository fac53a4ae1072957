using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Benchmarks;

/// <summary>A run of the whole job over photographs of one server, to another, in a process of its own, in which a shard that is missing becomes a stub of one byte.</summary>
/// <param name="Seconds">From the lists to the commit.</param>
/// <param name="PlanSeconds">To the end of the plan.</param>
/// <param name="ProcessorSeconds">Of the whole process.</param>
/// <param name="Megabytes">The highest resident memory of the process.</param>
/// <param name="Made">Shards that were missing.</param>
internal sealed record ListingNight(double Seconds, double PlanSeconds, double ProcessorSeconds, long Megabytes, int Made)
{
    private const string Mode = "listing-night", Key = "benchmark", Secret = "benchmark-secret";

    /// <summary>Runs one.</summary>
    public static async Task<ListingNight> RunAsync(Uri images, Uri output, string list)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Mode, images.AbsoluteUri, output.AbsoluteUri, list]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return JsonSerializer.Deserialize<ListingNight>(answer)!;
    }

    /// <summary>Whether the arguments ask this program to be one.</summary>
    public static bool IsMeant(string[] args) => args is [Mode, ..];

    /// <summary>Is one.</summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        using var images = Stores(args[1]);
        using var output = Stores(args[2]);
        var stores = new Both(images, output);
        var (started, phases) = (Stopwatch.GetTimestamp(), new Phases());
        var summary = await new PreprocessRun(stores, stores, TimeProvider.System, NullLogger.Instance).RunAsync(
            new() { Lists = AnnotationList.ParseAll([args[3]]), Images = StorageAddress.Parse("s3://photographs/images"), Output = StorageAddress.Parse("s3://shards/out") },
            phases, CancellationToken.None);
        using var own = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new ListingNight(
            Stopwatch.GetElapsedTime(started).TotalSeconds, Stopwatch.GetElapsedTime(started, phases.Planned).TotalSeconds,
            own.TotalProcessorTime.TotalSeconds, own.PeakWorkingSet64 >> 20, summary.ShardsMade)));
        return 0;
    }

    private static ObjectStoreFactory Stores(string endpoint) => new(new(endpoint, Region: "us-east-1") { Credentials = new(Key, Secret, null) });

    private sealed class Phases : IProgress<PreprocessProgress>
    {
        public long Planned { get; private set; }

        public void Report(PreprocessProgress value)
        {
            if (value.Phase == PreprocessPhase.Opening) Planned = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Photographs of the one server, shards of the other, and the engine that makes stubs.</summary>
    private sealed class Both(IObjectStoreFactory images, IObjectStoreFactory output) : IObjectStoreFactory, IEngineFactory
    {
        public string Name => "stubs";

        public IObjectStore Open(StorageAddress root, bool followLinks = false) => (root.Bucket == "photographs" ? images : output).Open(root, followLinks);

        public IEngine Open(EngineJob job, CancellationToken cancellation) => new Stubs(Open(job.Output));
    }

    private sealed class Stubs(IObjectStore output) : IEngine
    {
        private static readonly string NoHash = new('0', 64);

        public string Name => "stubs";

        public CancellationToken Failing => CancellationToken.None;

        public double? SessionSeconds => null;

        public Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

        public async IAsyncEnumerable<ShardResult> RunAsync(
            ISliceStage stage, Plan plan, IReadOnlyList<SliceHeader> slices, [EnumeratorCancellation] CancellationToken cancellation)
        {
            foreach (var slice in slices)
            {
                await output.PublishAsync(ShardLayout.ShardKey(slice.Fingerprint), new byte[1], cancellation);
                yield return new()
                {
                    Fingerprint = slice.Fingerprint, List = slice.List, Faces = slice.Faces, Rows = slice.Faces, Rejected = 0,
                    RejectedByCode = new Dictionary<string, int>(), Bytes = 1, Sha256 = NoHash, FaceKeysSha256 = NoHash,
                };
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
