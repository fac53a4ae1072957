using System.Formats.Tar;
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

/// <summary>The worker's library, most of what travels, comes to executors that lack it and to no others.</summary>
[Collection(nameof(Spark41))]
public sealed class WorkerLibraryTests(Spark41 spark, Faces faces) : IDisposable
{
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Opened_OnExecutorsThatHaveTheLibrary_HasNotSentIt()
    {
        await SparkJob.RunAsync(spark.Server.Remote, faces.Drawn, scratch["first"]);
        var before = Parts();
        var options = new SparkEngineOptions { Remote = spark.Server.Remote, WorkerArchive = SparkJob.WorkerArchive, LibraryPatience = TimeSpan.FromMinutes(5) };
        await using var opening = new OpeningCluster(options, Job, NullLogger.Instance, Cancellation);
        await opening.Opened;
        Assert.NotEmpty(before);
        Assert.Equal(before, Parts());
    }

    [Fact]
    public async Task RunAsync_OnExecutorsThatTurnOutToLackTheLibrary_SendsItAndYieldsEverySliceOnce()
    {
        using var stores = new ObjectStoreFactory(new(null, null, null));
        var output = stores.Open(StorageAddress.Parse(Directory.CreateDirectory(scratch["out"]).FullName));
        var planner = new Planner(stores, stores.Open(StorageAddress.Parse(faces.Drawn.ImageRoot)), NullLogger.Instance);
        using var plan = await planner.PlanAsync(AnnotationList.ParseAll([.. faces.Drawn.Lists]), new(), false, null, Cancellation);
        var options = new SparkEngineOptions { Remote = spark.Server.Remote, WorkerArchive = await PackUnderAnotherHashAsync() };
        await using var cluster = await SparkCluster.OpenAsync(options, _ => Task.FromResult(true), Cancellation);
        var before = Parts();
        await using var engine = new SparkEngine(Task.FromResult(cluster), options, Job, NullLogger.Instance);
        var contents = await DatasetContents.ReadAsync(output, "affectnet", Cancellation);
        await using var run = DatasetRun.Open(output, "affectnet", plan.Slices, contents, Job.MemoryBytes, TimeProvider.System, NullLogger.Instance, Cancellation);
        var results = await engine.RunAsync(run, plan, plan.Slices, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(plan.Slices.Select(slice => slice.Fingerprint).Order(), results.Select(result => result.Fingerprint).Order());
        Assert.NotEmpty(Parts().Except(before));
    }

    [Fact]
    public async Task SendLibraryAsync_AfterAllOfItWasSent_SendsNothing()
    {
        await using var proxy = new CuttingProxy(spark.Server.Port);
        var options = new SparkEngineOptions { Remote = spark.Server.RemoteAt(proxy.Port), WorkerArchive = await PackUnderAnotherHashAsync() };
        await using var cluster = await SparkCluster.OpenAsync(options, _ => Task.FromResult(false), Cancellation);
        var before = proxy.Sent;
        await cluster.SendLibraryAsync(Cancellation);
        Assert.InRange(before, 30 << 20, long.MaxValue);
        Assert.InRange(proxy.Sent - before, 0, 1 << 20);
    }

    public void Dispose() => scratch.Dispose();

    private RemoteJob Job => new() { Images = faces.Drawn.ImageRoot, Output = scratch["out"], Parameters = new() };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The parts that lie with sessions, on the driver and on its executor.</summary>
    private List<string> Parts() => [.. Directory.EnumerateFiles(spark.Server.Folder, "*.br", SearchOption.AllDirectories).Where(file => file.Contains("userFiles", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The worker with a library that no executor has seen.</summary>
    private async Task<string> PackUnderAnotherHashAsync()
    {
        await using var from = new TarReader(File.OpenRead(SparkJob.WorkerArchive));
        await using var to = new TarWriter(File.Create(scratch["worker.tar"]));
        while (await from.GetNextEntryAsync(copyData: true, Cancellation) is { } entry)
        {
            if (LibraryParts.LibraryOf(entry.Name) is { } library) entry.Name = Path.ChangeExtension(library, "unseen") + entry.Name[library.Length..];
            await to.WriteEntryAsync(entry, Cancellation);
        }

        return scratch["worker.tar"];
    }
}
