using EyeSlots.Core.Storage;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Storage;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Loading;

/// <summary>Shards of S3 kept on this machine: fewer reads, the same batches, whatever the folder does.</summary>
public sealed class ShardCacheTests(S3Server server, PartsDataset dataset) : IClassFixture<PartsDataset>, IAsyncLifetime
{
    private readonly string bucket = S3Names.Bucket();
    private readonly Scratch scratch = new();
    private readonly LogLines log = new();
    private List<string> expected = [];

    private string Cache => scratch["cache"];

    public async ValueTask InitializeAsync()
    {
        await server.CreateBucketAsync(bucket);
        await ServedDataset.CopyAsync(dataset.Dataset, server, bucket);
        using var stream = new ShardStream(dataset.Faces, new(), log);
        expected = BatchHash.OfEach(stream.Epoch(0));
    }

    public ValueTask DisposeAsync()
    {
        scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Epoch_WithACache_ReadsEachShardOfS3Once()
    {
        await using var proxy = new FaultyProxy(server.Endpoint, _ => Fault.None);
        using var factory = server.Connect(proxy.Endpoint);
        var faces = await dataset.Dataset.FacesAtAsync(factory.Open(StorageAddress.Parse($"s3://{bucket}")));
        var before = proxy.Counts[Fault.None];
        Assert.Equal(expected, Hashes(faces));
        Assert.Equal(faces.ShardFaces.Count, proxy.Counts[Fault.None] - before);
        Assert.Equal(expected, Hashes(faces));
        Assert.Equal(faces.ShardFaces.Count, proxy.Counts[Fault.None] - before);
        Assert.Equal(faces.Shards.Select(shard => $"{shard.Sha256}.parquet").Order(), Files());
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Epoch_ADamagedFileInTheCache_IsReadFromS3Again()
    {
        var faces = await FacesAsync();
        Hashes(faces);
        var files = Files();
        await File.WriteAllTextAsync(Path.Combine(Cache, files[0]), "nothing of a shard");
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Cache, files[1]));
        bytes[100] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(Cache, files[1]), bytes);
        Assert.Equal(expected, Hashes(faces));
        Assert.Equal(files[..2].Select(file => $"Warning: {Path.Combine(Cache, file)} in the cache is damaged; it is read from S3 again."), log.Lines.Order());
        log.Lines.Clear();
        Assert.Equal(expected, Hashes(faces));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Epoch_ASmallCache_KeepsWhatWasUsedLastWithinItsSize()
    {
        var faces = await FacesAsync();
        var most = 5 * faces.Shards.Max(shard => shard.Bytes);
        Assert.Equal(expected, Hashes(faces, most));
        Assert.InRange(Files().Sum(file => new FileInfo(Path.Combine(Cache, file)).Length), 1, most);
        string[] order = [.. EpochOrder.Shuffled(faces, 0, 0).WindowsFrom(0).SelectMany(window => window.Shards.ToArray()).Select(shard => faces.ShardFaces[shard].Shard.Sha256)];
        Assert.All(Files(), file => Assert.Contains(Path.GetFileNameWithoutExtension(file), order[^10..]));
    }

    [Fact]
    public async Task Epoch_TwoRunsInOneCache_BothGetTheirBatchesAndLeaveNoHalfFile()
    {
        var faces = await FacesAsync();
        var most = 8 * faces.Shards.Max(shard => shard.Bytes);
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Enumerable.Range(0, 3).Select(_ => Hashes(faces, most)).ToList())));
        Assert.All(runs.SelectMany(hashes => hashes), hashes => Assert.Equal(expected, hashes));
        Assert.All(Files(), file => Assert.EndsWith(".parquet", file, StringComparison.Ordinal));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Epoch_ACacheThatCannotBeWritten_IsAWarningAlone()
    {
        await File.WriteAllTextAsync(Cache, "a file where the folder would be");
        Assert.Equal(expected, Hashes(await FacesAsync()));
        Assert.StartsWith($"Warning: The cache {Cache} keeps nothing more in this run: ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Epoch_ACacheOnAFullDisk_IsAWarningAlone()
    {
        using var disk = await SmallDisk.MountAsync(kilobytes: 100);
        Assert.Equal(expected, Hashes(await FacesAsync(), folder: disk.Folder));
        Assert.Contains("the disk is full", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.All(Directory.EnumerateFiles(disk.Folder), file => Assert.EndsWith(".parquet", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Epoch_OfAFolder_KeepsNothing()
    {
        Assert.Equal(expected, Hashes(dataset.Faces));
        Assert.False(Directory.Exists(Cache));
    }

    private Task<FaceTable> FacesAsync() => dataset.Dataset.FacesAtAsync(server.Factory.Open(StorageAddress.Parse($"s3://{bucket}")));

    private string[] Files() => [.. Directory.EnumerateFiles(Cache).Select(file => Path.GetFileName(file)).Order()];

    private List<string> Hashes(FaceTable faces, long cacheBytes = 1 << 30, string? folder = null)
    {
        using var stream = new ShardStream(faces, new() { Cache = folder ?? Cache, CacheBytes = cacheBytes }, log);
        return BatchHash.OfEach(stream.Epoch(0));
    }
}
