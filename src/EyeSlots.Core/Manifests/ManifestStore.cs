using System.Text.Json;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Manifests;

/// <summary>How a commit ended.</summary>
/// <param name="Generation">The newest generation, whose content is the run's.</param>
/// <param name="Committed">False when that content was there already.</param>
public readonly record struct CommitResult(int Generation, bool Committed);

/// <summary>Reads and commits the generations below a dataset root.</summary>
/// <param name="root">The root.</param>
public sealed class ManifestStore(IObjectStore root)
{
    /// <summary>Room for 400,000 shards.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>The names of all datasets below the root.</summary>
    public async Task<IReadOnlyList<string>> DatasetsAsync(CancellationToken cancellation = default) =>
        [.. (await FindAsync(Manifest.Root, cancellation).ConfigureAwait(false)).Keys];

    /// <summary>The dataset's generations, oldest first.</summary>
    public async Task<IReadOnlyList<int>> GenerationsAsync(string dataset, CancellationToken cancellation = default) =>
        (await FindAsync(Manifest.Folder(dataset), cancellation).ConfigureAwait(false)).TryGetValue(dataset, out var found) ? [.. found] : [];

    /// <summary>The newest generation, or null when there is none.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="known">A generation that was read before: it is not read again where it is the newest.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="EyeSlotsException">It is listed and cannot be read: dataset-damaged.</exception>
    public async Task<Manifest?> LatestAsync(string dataset, Manifest? known = null, CancellationToken cancellation = default)
    {
        for (var missing = 0; ;)
        {
            var generations = await GenerationsAsync(dataset, cancellation).ConfigureAwait(false);
            if (generations.Count == 0) return null;
            var last = generations[^1];
            if (last == known?.Generation) return known;
            if (await TryLoadAsync(dataset, last, cancellation).ConfigureAwait(false) is { } newest) return newest;

            // gc may empty it between the listing and the read, once there is a newer one. What is still the newest it never empties.
            if (last <= missing) throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address}/{Manifest.Key(dataset, last)} is listed and cannot be read.");
            missing = last;
        }
    }

    /// <summary>The generations of every dataset below the root, or below a folder of one, by one listing. Whatever else lies there is passed over.</summary>
    internal async Task<SortedDictionary<string, SortedSet<int>>> FindAsync(string folder, CancellationToken cancellation)
    {
        SortedDictionary<string, SortedSet<int>> all = new(StringComparer.Ordinal);
        await foreach (var file in root.ListAsync(folder, cancellation).ConfigureAwait(false))
        {
            if (file.Size == 0 || !Manifest.TryParseKey(file.Key, out var dataset, out var generation)) continue;
            if (!all.TryGetValue(dataset, out var generations)) all[dataset] = generations = [];
            generations.Add(generation);
        }

        return all;
    }

    /// <summary>One generation, or the newest when none is named.</summary>
    /// <exception cref="EyeSlotsException">There is no such generation.</exception>
    public async Task<Manifest> LoadAsync(string dataset, int? generation, CancellationToken cancellation = default)
    {
        var found = generation is { } number
            ? await TryLoadAsync(dataset, number, cancellation).ConfigureAwait(false)
            : await LatestAsync(dataset, cancellation: cancellation).ConfigureAwait(false);
        if (found is not null) return found;
        var known = await DatasetsAsync(cancellation).ConfigureAwait(false);
        var others = known.Count > 0 ? $"Datasets there: {string.Join(", ", known)}." : "No dataset was committed there yet.";
        var what = generation is null ? $"a dataset '{dataset}'" : $"generation {generation} of '{dataset}'";
        throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address} does not hold {what}. {others}");
    }

    /// <summary>
    /// Commits a run's content as the next generation. Nobody has to look whether its number is free: it is published only where it is, and
    /// why it was not is looked up afterwards.
    /// </summary>
    /// <param name="candidate">Content and run; its generation number is set here.</param>
    /// <param name="before">The newest generation when the run began, null when there was none.</param>
    /// <param name="cancellation">Gives up before publication.</param>
    /// <exception cref="EyeSlotsException">Another run committed other content meanwhile: superseded.</exception>
    public async Task<CommitResult> CommitAsync(Manifest candidate, Manifest? before, CancellationToken cancellation = default)
    {
        var startedFrom = before?.Generation ?? 0;
        var next = candidate with { Generation = startedFrom + 1 };
        var key = Manifest.Key(next.Dataset, next.Generation);
        if (before?.HasSameContent(candidate) != true && await root.PublishAsync(key, next.ToBytes(), cancellation).ConfigureAwait(false))
            return new(next.Generation, true);
        var newest = await LatestAsync(candidate.Dataset, before, cancellation).ConfigureAwait(false);
        if (newest is not null && newest.HasSameContent(candidate)) return new(newest.Generation, false);
        throw (newest?.Generation ?? 0) != startedFrom
            ? Superseded(candidate.Dataset, newest, startedFrom)
            : new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address}/{key} is taken by something that is no manifest; move it away and run again.");
    }

    /// <summary>
    /// Gives up an old generation. Its file stays, empty: a run that has been asleep since the generation before cannot take its number
    /// and so put itself behind the newest.
    /// </summary>
    internal Task EmptyAsync(in ObjectStat manifest, CancellationToken cancellation) => root.ReplaceAsync(manifest.Key, manifest, default, cancellation);

    /// <summary>One generation, or null when it is not there or was given up.</summary>
    internal async Task<Manifest?> TryLoadAsync(string dataset, int generation, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        var key = Manifest.Key(dataset, generation);
        var outcome = await root.ReadAsync(key, null, buffer, MostBytes, cancellation).ConfigureAwait(false);
        if (outcome == ReadOutcome.Missing || (outcome == ReadOutcome.Read && buffer.Length == 0)) return null;
        if (outcome != ReadOutcome.Read) throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address}/{key} cannot be read: {outcome}.");
        try
        {
            var manifest = Manifest.Parse(buffer.Span);
            return (manifest.Dataset, manifest.Generation) == (dataset, generation)
                ? manifest
                : throw new JsonException($"It is generation {manifest.Generation} of '{manifest.Dataset}'.");
        }
        catch (JsonException error)
        {
            throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address}/{key} is no manifest: {error.Message}", error);
        }
    }

    private static EyeSlotsException Superseded(string dataset, Manifest? newest, int startedFrom) => new(
        ErrorCodes.Superseded,
        $"Another run committed generation {newest?.Generation ?? 0} of '{dataset}' while this one worked from generation {startedFrom}. Nothing is lost; run again.");
}
