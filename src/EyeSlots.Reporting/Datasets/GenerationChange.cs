using System.Text.Json.Nodes;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Storage;

namespace EyeSlots.Reporting.Datasets;

/// <summary>What a generation has that the one before it had not.</summary>
public sealed class GenerationChange
{
    private readonly Manifest before, now;

    /// <summary>Compares two generations.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="now">The later one.</param>
    public GenerationChange(Manifest before, Manifest now)
    {
        (this.before, this.now) = (before, now);
        Diff = ManifestDiff.Between(before, now);
    }

    /// <summary>The number of the generation before; not always the last number, since old generations are given up.</summary>
    public int Before => before.Generation;

    /// <summary>The sums.</summary>
    public ManifestDiff Diff { get; }

    /// <summary>The lists whose shards are not the same, with their sums in both generations.</summary>
    internal IReadOnlyList<(string List, ManifestTotals Before, ManifestTotals Now)> Lists()
    {
        var (changed, old, young) = (Diff.Added.Concat(Diff.Removed).Select(shard => shard.List), before.Content.Shards.ToLookup(shard => shard.List), now.Content.Shards.ToLookup(shard => shard.List));
        return [.. changed.Distinct().Order(StringComparer.Ordinal).Select(list => (list, ManifestTotals.Of([.. old[list]]), ManifestTotals.Of([.. young[list]])))];
    }

    /// <summary>The codes whose counts are not the same.</summary>
    internal IReadOnlyList<(string Code, long Before, long Now)> Codes()
    {
        var (old, young) = (before.Content.Totals.RejectedByCode, now.Content.Totals.RejectedByCode);
        return [.. old.Keys.Union(young.Keys).Order(StringComparer.Ordinal)
            .Select(code => (Code: code, Before: old.GetValueOrDefault(code), Now: young.GetValueOrDefault(code))).Where(code => code.Before != code.Now)];
    }

    /// <summary>The parameters that are not the same, as the manifests hold them.</summary>
    internal IReadOnlyList<(string Name, string Before, string Now)> Parameters()
    {
        static string Text(JsonObject parameters, string name) => parameters[name]?.ToJsonString() ?? "none";
        var (old, young) = (before.Content.Parameters, now.Content.Parameters);
        return [.. old.Select(one => one.Key).Union(young.Select(one => one.Key)).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Before: Text(old, name), Now: Text(young, name))).Where(one => one.Before != one.Now)];
    }

    /// <summary>Compares a generation with the one that was there before it.</summary>
    /// <param name="root">The dataset root.</param>
    /// <param name="now">The generation.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Null where none before it is there any more.</returns>
    public static async Task<GenerationChange?> FindAsync(IObjectStore root, Manifest now, CancellationToken cancellation)
    {
        var store = new ManifestStore(root);
        var earlier = (await store.GenerationsAsync(now.Dataset, cancellation).ConfigureAwait(false)).LastOrDefault(generation => generation < now.Generation);
        return earlier == 0 ? null : new(await store.LoadAsync(now.Dataset, earlier, cancellation).ConfigureAwait(false), now);
    }
}
