using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>A dataset of many faces that takes no room: its shards are those of a small one under many names.</summary>
internal static class RepeatedShards
{
    /// <summary>Commits a generation with about so many crops; the small dataset's files are copied, and linked to.</summary>
    /// <param name="small">The root of a dataset.</param>
    /// <param name="many">The root to make.</param>
    /// <param name="crops">At least so many.</param>
    /// <returns>The crops that it has.</returns>
    public static async Task<long> MakeAsync(string small, string many, long crops)
    {
        var manifest = await StoreOf(small).LoadAsync("affectnet", null);
        foreach (var file in Scratch.Tree(small, "shards", "quarantine").Keys)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(many, file))!);
            File.Copy(Path.Combine(small, file), Path.Combine(many, file));
        }

        List<ShardResult> named = [];
        for (var rows = 0L; rows < crops; rows += named[^1].Rows)
        {
            var original = manifest.Content.Shards[named.Count % manifest.Content.Shards.Count];
            named.Add(original with { Fingerprint = $"{named.Count:x64}" });
            Link(ShardLayout.ShardKey(original.Fingerprint), ShardLayout.ShardKey(named[^1].Fingerprint));
            if (original.Rejected > 0) Link(ShardLayout.QuarantineKey(original.Fingerprint), ShardLayout.QuarantineKey(named[^1].Fingerprint));
        }

        var content = manifest.Content with { Shards = named, Totals = ManifestTotals.Of(named) };
        await StoreOf(many).CommitAsync(manifest with { Content = content }, before: null);
        return content.Totals.Rows;

        void Link(string key, string name) => File.CreateSymbolicLink(Path.Combine(many, name), Path.GetFileName(key));
    }

    private static ManifestStore StoreOf(string root) => new(new LocalObjectStore(StorageAddress.Parse(root)));
}
