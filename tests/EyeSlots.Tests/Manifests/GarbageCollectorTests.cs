using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

/// <summary>gc takes what nothing needs, and nothing else.</summary>
public sealed class GarbageCollectorTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SetTime time = new(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));

    [Fact]
    public async Task Keep_LeavesTheLastGenerationsOfEveryDatasetAndTheirShards()
    {
        for (var generation = 1; generation <= 3; generation++) await CommitAsync("one", generation, Hex(generation));
        await CommitAsync("two", 1, Hex(9));
        var report = await CollectAsync(keep: 2);
        Assert.Equal(["manifests/one/00000001.json", Shard(Hex(1))], report.Files);
    }

    [Fact]
    public async Task Grace_ProtectsYoungFiles()
    {
        folder.Write(Shard(Hex(1)), "x");
        Assert.Empty((await CollectAsync(grace: TimeSpan.FromHours(24))).Files);
        time.Now += TimeSpan.FromHours(25);
        Assert.Equal([Shard(Hex(1))], (await CollectAsync(grace: TimeSpan.FromHours(24))).Files);
    }

    [Fact]
    public async Task Plans_ProtectWhatTheyNameUntilTheyAreOldOrOutdated()
    {
        folder.Write(Shard(Hex(1)), "x");
        await RunPlanFile.WriteAsync(folder.Store, "run", "one", 0, [Hex(1)], default);
        Assert.Empty((await CollectAsync()).Files);

        await CommitAsync("one", 1, Hex(2));
        Assert.Equal(["plans/run.json", Shard(Hex(1))], (await CollectAsync()).Files);

        await RunPlanFile.WriteAsync(folder.Store, "later", "one", 1, [Hex(1)], default);
        Assert.Equal(["plans/run.json"], (await CollectAsync()).Files);
        time.Now += TimeSpan.FromDays(8);
        Assert.Equal(["plans/later.json", "plans/run.json", Shard(Hex(1))], (await CollectAsync()).Files);
    }

    [Fact]
    public async Task Delete_RemovesStrayTemporariesAndLeavesFilesOfOthers()
    {
        await CommitAsync("one", 1, Hex(2));
        folder.Write("shards/1-2-abc.tmp", "x");
        folder.Write("manifests/one/7-8-abc.tmp", "x");
        folder.Write("shards/notes.txt", "x");
        folder.Write("readme.md", "x");
        var report = await CollectAsync(delete: true);
        Assert.True(report.Deleted);
        Assert.Equal(2, report.Files.Count);
        Assert.Equal(["manifests/one/00000001.json", "readme.md", Shard(Hex(2)), "shards/notes.txt"], folder.Files().Keys);
    }

    public void Dispose() => folder.Dispose();

    private static string Hex(int number) => new((char)('0' + number), 64);

    private static string Shard(string fingerprint) => $"shards/{fingerprint}.parquet";

    private async Task CommitAsync(string dataset, int generation, string fingerprint)
    {
        folder.Write(Shard(fingerprint), "x");
        ShardResult shard = new()
        {
            Fingerprint = fingerprint, List = "l", Faces = 1, Rows = 1, Rejected = 0, RejectedByCode = new Dictionary<string, int>(), Bytes = 1, Sha256 = "", FaceKeysSha256 = "",
        };
        Manifest candidate = new(dataset, 0, ManifestContent.Of(new(), [shard]), new("local", 1, 0, default, 0, ""));
        Assert.Equal(new(generation, true), await new ManifestStore(folder.Store).CommitAsync(candidate, generation - 1));
    }

    private Task<GarbageReport> CollectAsync(int keep = 5, TimeSpan grace = default, bool delete = false) =>
        new GarbageCollector(folder.Store, time).CollectAsync(keep, grace, delete, TestContext.Current.CancellationToken);
}
