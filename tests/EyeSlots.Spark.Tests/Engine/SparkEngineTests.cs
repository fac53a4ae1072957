using EyeSlots.Core;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Engine;
using EyeSlots.Spark.Tests.Servers;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>The engine by itself: how runs are cut into queries, and how failures of slices arrive.</summary>
[Collection(nameof(Spark41))]
public sealed class SparkEngineTests(Spark41 spark, Faces faces) : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly ObjectStoreFactory stores = new(new(null, null, null));

    [Fact]
    public async Task RunAsync_InManyQueries_YieldsEverySliceOnce()
    {
        Directory.CreateDirectory(scratch["out"]);
        using var plan = await PlanAsync(faces.Drawn.ImageRoot, faces.Drawn.Lists[0], faces.Drawn.Lists[1], "again=" + faces.Drawn.Lists[0]);
        var seen = new Seen();
        var results = await RunAsync(plan, Job(scratch["out"]), Open(scratch["out"]), options => options with { MostRows = 2 }, seen);
        Assert.Equal(plan.Slices.Select(slice => slice.Fingerprint).Order(), results.Select(result => result.Fingerprint).Order());
        Assert.Equal(plan.Faces, results.Sum(result => (long)result.Faces));
        Assert.All(results, result => Assert.Equal(new FileInfo(Path.Combine(scratch["out"], "shards", result.Fingerprint + ".parquet")).Length, result.Bytes));
        Assert.Equal(plan.Slices.Count, seen.Last.Slices);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(scratch["out"], "plans")));
    }

    [Fact]
    public async Task RunAsync_WithSeveralSlicesInARow_YieldsEverySliceOnce()
    {
        Directory.CreateDirectory(scratch["out"]);
        using var plan = await PlanAsync(faces.Drawn.ImageRoot, [.. Enumerable.Range(0, 40).Select(i => $"list{i}={faces.Drawn.Lists[2]}")]);
        var seen = new Seen();
        var results = await RunAsync(plan, Job(scratch["out"]), Open(scratch["out"]), progress: seen);
        Assert.Equal(plan.Slices.Select(slice => slice.Fingerprint).Order(), results.Select(result => result.Fingerprint).Order());
        Assert.All(results, result => Assert.True(File.Exists(Path.Combine(scratch["out"], "shards", result.Fingerprint + ".parquet"))));
        Assert.Equal(plan.Slices.Count, seen.Last.Slices);
    }

    [Fact]
    public async Task RunAsync_WithAnImageThatChanged_FailsWithItsCode()
    {
        var root = scratch["images"];
        Directory.CreateDirectory(scratch["out"]);
        var drawn = new Preprocessing.Synthesis.Synthesizer().Run(new() { Faces = 60, Side = 96 }, root, null, TestContext.Current.CancellationToken);
        using var plan = await PlanAsync(drawn.ImageRoot, [.. drawn.Lists]);
        var image = Directory.EnumerateFiles(root, "*.jpg", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(image, "more", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => RunAsync(plan, Job(scratch["out"]) with { Images = drawn.ImageRoot }, Open(scratch["out"])));
        Assert.Equal(ErrorCodes.ImageChanged, error.Code);
        Assert.Contains(Path.GetFileName(image), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task RunAsync_WithAFolderThatExecutorsDoNotHave_SaysThatItMustBeShared()
    {
        using var plan = await PlanAsync(faces.Drawn.ImageRoot, [.. faces.Drawn.Lists]);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => RunAsync(plan, Job(scratch["nowhere"]), Open(scratch["out"])));
        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains("must be shared", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch["nowhere"]));
    }

    /// <summary>A folder of the same name on an executor's own disk: shards would lie there, where nobody sees them.</summary>
    [Fact]
    public async Task RunAsync_WithAFolderThatIsNotTheDrivers_MakesNothing()
    {
        Directory.CreateDirectory(scratch["executors"]);
        using var plan = await PlanAsync(faces.Drawn.ImageRoot, [.. faces.Drawn.Lists]);
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => RunAsync(plan, Job(scratch["executors"]), Open(scratch["drivers"])));
        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Contains("does not see it", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch["executors"]));
        Assert.Empty(Directory.EnumerateFiles(scratch["drivers"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task OpenAsync_WithoutAWorker_SaysHowItIsBuilt()
    {
        var options = Options() with { WorkerArchive = scratch["none.tar.gz"] };
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => SparkCluster.OpenAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains("./eyeslots", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        stores.Dispose();
        scratch.Dispose();
    }

    private SparkEngineOptions Options() => new() { Remote = spark.Server.Remote, WorkerArchive = SparkJob.WorkerArchive };

    private IObjectStore Open(string root) => stores.Open(StorageAddress.Parse(root));

    private RemoteJob Job(string output) => new() { Images = faces.Drawn.ImageRoot, Output = output, Parameters = new() };

    private Task<Plan> PlanAsync(string images, params string[] lists) => new Planner(stores, Open(images), NullLogger.Instance)
        .PlanAsync(AnnotationList.ParseAll(lists), new(), false, null, TestContext.Current.CancellationToken);

    private async Task<List<ShardResult>> RunAsync(
        Plan plan, RemoteJob job, IObjectStore output, Func<SparkEngineOptions, SparkEngineOptions>? change = null, IProgress<ClusterProgress>? progress = null)
    {
        var options = change?.Invoke(Options()) ?? Options();
        await using var cluster = await SparkCluster.OpenAsync(options, TestContext.Current.CancellationToken);
        var engine = new SparkEngine(Task.FromResult(cluster), options, job, NullLogger.Instance, progress);
        await using var run = DatasetRun.Open(
            output, "affectnet", plan.Slices, await DatasetContents.ReadAsync(output, "affectnet", TestContext.Current.CancellationToken), job.MemoryBytes, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        return await engine.RunAsync(run, plan, plan.Slices, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Seen : IProgress<ClusterProgress>
    {
        public ClusterProgress Last { get; private set; }

        public void Report(ClusterProgress value) => Last = value;
    }
}
