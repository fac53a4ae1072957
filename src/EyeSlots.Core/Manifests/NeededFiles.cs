using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>Which files of a root are needed: what the generations that stay name, what the plans of runs at work name, and what pins hold.</summary>
/// <param name="root">The dataset root.</param>
/// <param name="time">The clock.</param>
/// <param name="keep">Generations to keep of every dataset, at least 1.</param>
/// <param name="old">Files beyond the grace period. An older generation whose manifest is younger stays, and so does what it names.</param>
internal sealed class NeededFiles(IObjectStore root, TimeProvider time, int keep, IReadOnlySet<string> old)
{
    /// <summary>Manifests do not change, so each is read once.</summary>
    private readonly Dictionary<string, IReadOnlyList<string>> read = [];
    private readonly ManifestStore manifests = new(root);

    /// <summary>
    /// Looks anew. Plans come before manifests: a run takes its plan away after its commit, so it is seen by the one or by the other. A
    /// plan of a run that started from an older generation than the newest of its dataset protects nothing: such a run ends as
    /// superseded, or with that generation's own shards. A pin protects its generation however old that is, the manifest included.
    /// </summary>
    public async Task<HashSet<string>> FindAsync(CancellationToken cancellation)
    {
        var plans = await RunPlan.FindAllAsync(root, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        var pins = await PinFile.FindAllAsync(root, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        var generations = await manifests.FindAsync(Manifest.Root, cancellation).ConfigureAwait(false);
        HashSet<string> needed = new(pins.Keys, StringComparer.Ordinal);
        foreach (var (key, plan) in plans.Where(laid => !generations.TryGetValue(laid.Value.Dataset, out var known) || known.Max <= laid.Value.StartedFrom))
        {
            needed.Add(key);
            Add(needed, plan.Fingerprints);
        }

        var pinned = pins.Values.OfType<PinFile>().ToHashSet();
        foreach (var (dataset, known) in generations)
        {
            var last = known.TakeLast(keep).First();
            foreach (var generation in known)
            {
                var key = Manifest.Key(dataset, generation);
                if (generation < last && old.Contains(key) && !pinned.Contains(new(dataset, generation))) continue;
                needed.Add(key);
                Add(needed, await NamedAsync(dataset, generation, cancellation).ConfigureAwait(false));
            }
        }

        return needed;
    }

    // One that is gone was given up by another gc that keeps fewer generations.
    private async Task<IReadOnlyList<string>> NamedAsync(string dataset, int generation, CancellationToken cancellation)
    {
        var key = Manifest.Key(dataset, generation);
        if (read.TryGetValue(key, out var known)) return known;
        var manifest = await manifests.TryLoadAsync(dataset, generation, cancellation).ConfigureAwait(false);
        return read[key] = [.. manifest?.Content.Shards.Select(shard => shard.Fingerprint) ?? []];
    }

    private static void Add(HashSet<string> needed, IReadOnlyList<string> fingerprints)
    {
        foreach (var fingerprint in fingerprints)
        {
            needed.Add(ShardLayout.ShardKey(fingerprint));
            needed.Add(ShardLayout.QuarantineKey(fingerprint));
        }
    }
}
