using EyeSlots.Core.Manifests;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>All files of a root, by key: where an interleaving starts, and what it ends with.</summary>
internal sealed class Files
{
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    public static async Task<Files> OfAsync(IObjectStore root)
    {
        var all = new Files();
        await foreach (var file in root.ListAsync(""))
        {
            var buffer = new ByteBuffer();
            if (await root.ReadAsync(file.Key, null, buffer, int.MaxValue) == ReadOutcome.Read) all.files[file.Key] = buffer.Span.ToArray();
        }

        return all;
    }

    /// <summary>The same without those below a folder: a run that died before its commit leaves no manifest.</summary>
    public Files Without(string folder)
    {
        var rest = new Files();
        foreach (var (key, content) in files.Where(file => !file.Key.StartsWith(folder, StringComparison.Ordinal))) rest.files[key] = content;
        return rest;
    }

    /// <summary>The same with every file below a folder cut in half.</summary>
    public Files Damaged(string folder)
    {
        var damaged = new Files();
        foreach (var (key, content) in files) damaged.files[key] = key.StartsWith(folder, StringComparison.Ordinal) ? content[..(content.Length / 2)] : content;
        return damaged;
    }

    public async Task PutAsync(IObjectStore root)
    {
        foreach (var (key, content) in files) await root.PublishAsync(key, content);
    }

    /// <summary>Every generation that is there names only shards that are there, with the bytes that it states.</summary>
    public static async Task AssertSoundAsync(IObjectStore root, string how)
    {
        var manifests = new ManifestStore(root);
        foreach (var dataset in await manifests.DatasetsAsync())
        {
            foreach (var generation in await manifests.GenerationsAsync(dataset))
            {
                var problems = await new DatasetVerifier(root, (_, _) => true).VerifyAsync(await manifests.LoadAsync(dataset, generation), null, CancellationToken.None);
                Assert.True(problems.Count == 0, $"{how}: generation {generation} of {dataset}: {string.Join(" ", problems.Select(problem => problem.Detail))}");
            }
        }
    }

    /// <summary>Every shard that a generation names is there, damaged or not.</summary>
    public static async Task AssertNoHoleAsync(IObjectStore root, string how)
    {
        var manifests = new ManifestStore(root);
        foreach (var dataset in await manifests.DatasetsAsync())
        {
            foreach (var shard in (await manifests.LatestAsync(dataset))!.Content.Shards)
            {
                Assert.True(await root.StatAsync(ShardLayout.ShardKey(shard.Fingerprint)) is not null, how);
                Assert.True(shard.Rejected == 0 || await root.StatAsync(ShardLayout.QuarantineKey(shard.Fingerprint)) is not null, how);
            }
        }
    }

    /// <summary>Nothing is there but the newest generations and what they name: nobody left anything that gc does not find.</summary>
    public static async Task AssertNothingElseAsync(IObjectStore root, string how)
    {
        var manifests = new ManifestStore(root);
        HashSet<string> expected = [];
        foreach (var dataset in await manifests.DatasetsAsync())
        {
            var newest = (await manifests.LatestAsync(dataset))!;
            expected.Add(Manifest.Key(dataset, newest.Generation));
            expected.UnionWith(newest.Content.Shards.Select(shard => ShardLayout.ShardKey(shard.Fingerprint)));
            expected.UnionWith(newest.Content.Shards.Where(shard => shard.Rejected > 0).Select(shard => ShardLayout.QuarantineKey(shard.Fingerprint)));
        }

        var there = (await OfAsync(root)).files.Where(file => file.Value.Length > 0).Select(file => file.Key);
        Assert.True(expected.SetEquals(there), $"{how}: {string.Join(", ", there.Except(expected))} more, {string.Join(", ", expected.Except(there))} fewer");
    }
}
