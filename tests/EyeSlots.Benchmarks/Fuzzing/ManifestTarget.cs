using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Manifests: bytes and values. What can be loaded is used.</summary>
internal sealed class ManifestTarget : FuzzTarget
{
    private const string Dataset = "faces";
    private readonly Manifest good = new(Dataset, 1, ManifestContent.Of(new(), [Shard(0, 0), Shard(1, 3), Shard(2, 1)]), new("local", 3, 0, DateTimeOffset.UnixEpoch, 1.5, "fuzz"));

    public override string Name => "manifest";

    public override Task<byte[]> DrawAsync(Random random)
    {
        var file = good.ToBytes();
        return Task.FromResult(random.Next(3) == 0 ? ByteMutation.Of(file, file, random) : JsonMutation.Of(file, random));
    }

    public override async Task<string> ReadAsync(byte[] file)
    {
        var store = new MemoryStore("memory");
        store.Put(Manifest.Key(Dataset, 1), file);
        var manifest = await new ManifestStore(store).LoadAsync(Dataset, 1);
        var diff = ManifestDiff.Between(good, manifest);
        manifest.Content.ReadFormat();
        var totals = ManifestTotals.Of(manifest.Content.Shards);
        if (totals.Faces < 0 || totals.Bytes < 0) throw new InvalidOperationException($"The totals are {totals}.");
        return diff.Kept == good.Content.Shards.Count && manifest.HasSameContent(good) ? "the same" : "another";
    }

    private static ShardResult Shard(int at, int rejected) => new()
    {
        Fingerprint = $"{at + 1:x64}", List = "training", Faces = 5 + rejected, Rows = 5, Rejected = rejected,
        RejectedByCode = rejected == 0 ? new Dictionary<string, int>() : new() { ["image-empty"] = rejected },
        Bytes = 1000, Sha256 = $"{at + 2:x64}", FaceKeysSha256 = $"{at + 3:x64}", QuarantineBytes = 500 * Math.Min(1, rejected), QuarantineSha256 = rejected == 0 ? "" : $"{at + 4:x64}",
    };
}
