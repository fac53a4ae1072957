using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>Batches from a real S3 server, near and behind a network that fails.</summary>
[Collection(nameof(LeftBehind))]
public sealed class S3StreamTests(S3Server server, PartsDataset dataset) : IClassFixture<PartsDataset>, IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();

    public async ValueTask InitializeAsync()
    {
        await server.CreateBucketAsync(bucket);
        await ServedDataset.CopyAsync(dataset.Dataset, server, bucket);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Epoch_FromS3_GivesTheBatchesOfTheFolder()
    {
        var faces = await dataset.Dataset.FacesAtAsync(server.Factory.Open(StorageAddress.Parse($"s3://{bucket}")));
        Assert.Equal(dataset.Faces.Keys, faces.Keys);
        Assert.Equal(Hashes(dataset.Faces), Hashes(faces));
    }

    [Fact]
    public async Task Epoch_ThroughAFaultyNetwork_GivesTheBatchesOfTheFolder()
    {
        await using var proxy = FaultyProxy.Seeded(server.Endpoint, seed: 14, share: 0.1);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        Assert.Equal(Hashes(dataset.Faces), Hashes(await dataset.Dataset.FacesAtAsync(factory.Open(StorageAddress.Parse($"s3://{bucket}")))));
        Assert.True(proxy.Counts.Where(count => count.Key != Fault.None).Sum(count => count.Value) > 5, "hardly anything went wrong");
    }

    [Fact]
    public async Task Epoch_TheServerGoesAwayAndComesBack_GoesOn()
    {
        var away = 0;
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Interlocked.Decrement(ref away) > 0 ? Fault.ResetBefore : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick);
        var faces = await dataset.Dataset.FacesAtAsync(factory.Open(StorageAddress.Parse($"s3://{bucket}")));
        using var stream = new ShardStream(faces, new() { Workers = 2, BatchSize = 4 }, NullLogger.Instance);
        foreach (var batch in stream.Epoch(0))
        {
            if (batch.Index == 1) away = 6;
        }

        Assert.True(away <= 0, "nothing was read while the server was away");
    }

    [Fact]
    public async Task Epoch_TheServerGoesAwayForGood_IsStorageFailedAndLeavesNothing()
    {
        var isAway = false;
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Volatile.Read(ref isAway) ? Fault.ResetBefore : Fault.None);
        using var factory = server.Connect(proxy.Endpoint, patience: S3Names.Quick with { Attempts = 3 });
        var faces = await dataset.Dataset.FacesAtAsync(factory.Open(StorageAddress.Parse($"s3://{bucket}")));
        using var stream = new ShardStream(faces, new() { Workers = 2, BatchSize = 4 }, NullLogger.Instance);
        var error = Assert.Throws<StorageException>(() =>
        {
            foreach (var batch in stream.Epoch(0)) Volatile.Write(ref isAway, true);
        });
        Assert.Equal(ErrorCodes.StorageFailed, error.Code);
        Assert.Empty(LeftBehind.Threads());
    }

    [Fact]
    public async Task Epoch_CancelledWhileTheServerIsSilent_EndsAtOnce()
    {
        var isSilent = false;
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Volatile.Read(ref isSilent) ? Fault.Silent : Fault.None);
        using var factory = server.Connect(proxy.Endpoint);
        var faces = await dataset.Dataset.FacesAtAsync(factory.Open(StorageAddress.Parse($"s3://{bucket}")));
        using var stream = new ShardStream(faces, new(), NullLogger.Instance);
        isSilent = true;
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.ThrowsAny<OperationCanceledException>(() => stream.Epoch(0, cancellation: stop.Token).Count());
        Assert.Empty(LeftBehind.Threads());
    }

    private static List<string> Hashes(FaceTable faces)
    {
        using var stream = new ShardStream(faces, new() { Workers = 2 }, NullLogger.Instance);
        return BatchHash.OfEach(stream.Epoch(5));
    }
}
