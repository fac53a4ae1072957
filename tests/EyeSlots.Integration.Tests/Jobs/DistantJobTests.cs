using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Integration.Tests.Storage.Servers;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Storage.S3;
using EyeSlots.Tests.Geometry;
using EyeSlots.Tests.Jobs;
using EyeSlots.Tests.Tools;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Integration.Tests.Jobs;

/// <summary>The job on a real S3 server that is far away, narrow, busy or small: nothing is lost, and the shards are those of a folder.</summary>
public sealed class DistantJobTests(S3Server s3) : IAsyncLifetime
{
    private const int Photos = 300;
    private readonly string bucket = S3Names.Bucket();
    private readonly Scratch scratch = new();
    private readonly LogLines log = new();

    public async ValueTask InitializeAsync()
    {
        await s3.CreateBucketAsync(bucket);
        Directory.CreateDirectory(scratch["images"]);
        List<string> rows = [];
        for (var seed = 0; seed < Photos; seed++)
        {
            await File.WriteAllBytesAsync(Path.Combine(scratch["images"], $"{seed}.jpg"), DrawnPhotographs.Jpeg(seed));
            rows.Add(ListText.Row($"{seed}.jpg", ListText.Landmarks(DrawnEyes.At(80, 60, 50, seed % 5))));
        }

        await File.WriteAllTextAsync(scratch["list.csv"], ListText.List(rows));
        await Parallel.ForEachAsync(Directory.EnumerateFiles(scratch["images"]), async (file, stop) =>
            Assert.True(await s3.Factory.Open(OnS3).PublishAsync(Path.GetFileName(file), await File.ReadAllBytesAsync(file, stop), stop)));
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Run_SlowDownForOneReadInTwenty_LosesNothing()
    {
        var calls = await RunAsync(new() { Delay = TimeSpan.FromMilliseconds(10), SlowDownShare = 0.05 });
        Assert.True(calls.SlowDowns > 3);
    }

    [Fact]
    public async Task Run_SlowDownForEverySecondRead_LosesNothingAndSaysSoOnce()
    {
        var calls = await RunAsync(new() { Delay = TimeSpan.FromMilliseconds(10), SlowDownShare = 0.5 });
        Assert.True(calls.SlowDowns > Photos / 2);
        Assert.StartsWith("Warning: The S3 server asks for fewer reads at once", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ServerOfFewConnections_UsesThoseAndLosesNothing()
    {
        var calls = await RunAsync(new() { Delay = TimeSpan.FromMilliseconds(10), MostConnections = 12 });
        Assert.Equal(12, calls.MostConnections);
        Assert.True(calls.Refused > 0);
    }

    [Fact]
    public async Task Run_StallingReads_LosesNothing()
    {
        var calls = await RunAsync(new() { StallEvery = 100, StallFor = TimeSpan.FromMilliseconds(500) });
        Assert.True(calls.Stalls > 1);
    }

    [Fact]
    public async Task Run_NarrowServerAtADistance_LosesNothingAndOpensNoMoreConnectionsThanMayBe()
    {
        var calls = await RunAsync(new() { Delay = TimeSpan.FromMilliseconds(20), BytesPerSecond = 20_000_000 }, connections: 9);
        Assert.InRange(calls.MostConnections, 2, 9);
    }

    private StorageAddress OnS3 => StorageAddress.Parse($"s3://{bucket}/images");

    /// <summary>Runs from a folder and from the server, and compares; images are told apart by their content, so that the shards have one name.</summary>
    private async Task<DistantCalls> RunAsync(Distance distance, int connections = 256)
    {
        await using var distant = new DistantServer(s3.Endpoint, distance);
        using var stores = new ObjectStoreFactory(new(distant.Endpoint.AbsoluteUri, "test") { Connections = connections }) { Log = log };
        var near = await RunAsync(stores, StorageAddress.Parse(scratch["images"]), "near", hashImages: true);
        var far = await RunAsync(stores, OnS3, "far", hashImages: true);
        Assert.Equal((Photos, 0), (near.Rows, near.Rejected.Values.Sum()));
        Assert.Equal(near.Rows, far.Rows);
        Assert.Equal(Scratch.Tree(scratch["near"], "shards", "quarantine"), Scratch.Tree(scratch["far"], "shards", "quarantine"));
        await RunAsync(stores, OnS3, "parts", hashImages: false);
        return distant.Calls;
    }

    private async Task<PreprocessSummary> RunAsync(ObjectStoreFactory stores, StorageAddress images, string to, bool hashImages)
    {
        var options = new PreprocessOptions
        {
            Lists = AnnotationList.ParseAll([scratch["list.csv"]]), Images = images, Output = StorageAddress.Parse(scratch[to]), Workers = 2, HashImages = hashImages,
        };
        var summary = await new PreprocessRun(stores, new LocalEngines(stores, NullLogger.Instance), TimeProvider.System, NullLogger.Instance).RunAsync(options, null, CancellationToken.None);
        Assert.Equal((Photos, 0), (summary.Rows, summary.Rejected.Values.Sum()));
        return summary;
    }
}
