using System.Text.Json.Nodes;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Shards;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

/// <summary>A dataset root with made-up shards, published and committed by the product's own code.</summary>
internal sealed class Dataset : IDisposable
{
    public static readonly JobParameters Parameters = new() { Format = SlotFormat.Raw };

    public TempFolder Root { get; } = new();

    public ManifestStore Manifests => new(Root.Store);

    public static string Fingerprint(int number) => $"{number:x64}";

    /// <summary>Publishes a shard with two rejected faces of ten; its face keys are the number's own.</summary>
    public Task<ShardResult> PublishAsync(int number, string? list = null) => PublishAsync(Fingerprint(number), number, list);

    /// <summary>Likewise, under a name that is not the number's.</summary>
    public async Task<ShardResult> PublishAsync(string fingerprint, int number, string? list = null)
    {
        var files = await MadeShard.MakeAsync(MadeShard.Slice(10, fingerprint, list ?? $"list{number}"), rejectEvery: 5, Parameters, (byte)number);
        await Root.Store.PublishAsync(ShardLayout.QuarantineKey(files.Result.Fingerprint), files.Quarantine);
        await Root.Store.PublishAsync(ShardLayout.ShardKey(files.Result.Fingerprint), files.Shard);
        return files.Result;
    }

    public async Task<Manifest> CommitAsync(string dataset, int startedFrom, params IEnumerable<ShardResult> shards)
    {
        var commit = await CommitAsync(Candidate(dataset, shards), startedFrom);
        return await Manifests.LoadAsync(dataset, commit.Generation);
    }

    /// <summary>Commits as a run does that began when a generation was the newest.</summary>
    public async Task<CommitResult> CommitAsync(Manifest candidate, int startedFrom) =>
        await Manifests.CommitAsync(candidate, startedFrom == 0 ? null : await Manifests.LoadAsync(candidate.Dataset, startedFrom));

    public static Manifest Candidate(string dataset, IEnumerable<ShardResult> shards, int made = 1) => new(
        dataset, 0, ManifestContent.Of(Parameters, [.. shards]), new("local", made, 0, DateTimeOffset.UnixEpoch.AddSeconds(made), 1.5, "test"));

    /// <summary>A shard that is only named.</summary>
    public static ShardResult Named(int number, int rejected = 0) => new()
    {
        Fingerprint = Fingerprint(number), List = "training", Faces = 10 + rejected, Rows = 10, Rejected = rejected,
        RejectedByCode = rejected > 0 ? new Dictionary<string, int> { ["image-empty"] = rejected } : [],
        Bytes = 100, Sha256 = Fingerprint(number + 1), FaceKeysSha256 = Fingerprint(number + 2),
        QuarantineBytes = rejected > 0 ? 50 : 0, QuarantineSha256 = rejected > 0 ? Fingerprint(number + 3) : "",
    };

    public void Damage(string key, Func<byte[], byte[]> change) => Root.Write(key, change(File.ReadAllBytes(Root.At(key))));

    /// <summary>Rewrites a manifest's file as somebody with an editor would.</summary>
    public async Task<Manifest> EditAsync(string dataset, int generation, Action<JsonNode> edit)
    {
        var key = Manifest.Key(dataset, generation);
        var json = JsonNode.Parse(File.ReadAllBytes(Root.At(key)))!;
        edit(json);
        Root.Write(key, json.ToJsonString());
        return await Manifests.LoadAsync(dataset, generation);
    }

    public void Dispose() => Root.Dispose();
}
