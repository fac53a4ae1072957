using System.Globalization;
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
    private const int DigitsOfGeneration = 8;

    /// <summary>Room for 400,000 shards.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>The names of all datasets below the root.</summary>
    public async Task<IReadOnlyList<string>> DatasetsAsync(CancellationToken cancellation = default)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        await foreach (var file in root.ListAsync(Manifest.Root, cancellation).ConfigureAwait(false))
        {
            var parts = file.Key.Split('/');
            if (parts.Length == 3 && GenerationOf(file.Key) is not null) names.Add(parts[1]);
        }

        return [.. names];
    }

    /// <summary>The dataset's generations, oldest first.</summary>
    public async Task<IReadOnlyList<int>> GenerationsAsync(string dataset, CancellationToken cancellation = default)
    {
        SortedSet<int> generations = [];
        await foreach (var file in root.ListAsync(Manifest.Folder(dataset), cancellation).ConfigureAwait(false))
        {
            if (GenerationOf(file.Key) is { } generation) generations.Add(generation);
        }

        return [.. generations];
    }

    /// <summary>The newest generation, or null when there is none.</summary>
    public async Task<Manifest?> LatestAsync(string dataset, CancellationToken cancellation = default)
    {
        while (true)
        {
            // gc may remove an old generation between the listing and the read; the newest it never removes.
            var generations = await GenerationsAsync(dataset, cancellation).ConfigureAwait(false);
            if (generations.Count == 0) return null;
            if (await TryLoadAsync(dataset, generations[^1], cancellation).ConfigureAwait(false) is { } newest) return newest;
        }
    }

    /// <summary>One generation, or the newest when none is named.</summary>
    /// <exception cref="EyeSlotsException">There is no such generation.</exception>
    public async Task<Manifest> LoadAsync(string dataset, int? generation, CancellationToken cancellation = default)
    {
        var found = generation is { } number
            ? await TryLoadAsync(dataset, number, cancellation).ConfigureAwait(false)
            : await LatestAsync(dataset, cancellation).ConfigureAwait(false);
        if (found is not null) return found;
        var known = await DatasetsAsync(cancellation).ConfigureAwait(false);
        var others = known.Count > 0 ? $"Datasets there: {string.Join(", ", known)}." : "No dataset was committed there yet.";
        var what = generation is null ? $"a dataset '{dataset}'" : $"generation {generation} of '{dataset}'";
        throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"{root.Address} does not hold {what}. {others}");
    }

    /// <summary>Commits a run's content as the next generation.</summary>
    /// <param name="candidate">Content and run; its generation number is set here.</param>
    /// <param name="startedFrom">The newest generation when the run began, 0 when there was none.</param>
    /// <param name="cancellation">Gives up before publication.</param>
    /// <exception cref="EyeSlotsException">Another run committed other content meanwhile: superseded.</exception>
    public async Task<CommitResult> CommitAsync(Manifest candidate, int startedFrom, CancellationToken cancellation = default)
    {
        while (true)
        {
            var newest = await LatestAsync(candidate.Dataset, cancellation).ConfigureAwait(false);
            if (newest is not null && newest.HasSameContent(candidate)) return new(newest.Generation, false);
            if ((newest?.Generation ?? 0) != startedFrom) throw Superseded(candidate.Dataset, newest, startedFrom);
            var next = candidate with { Generation = startedFrom + 1 };
            if (await root.PublishAsync(Manifest.Key(next.Dataset, next.Generation), next.ToBytes(), cancellation).ConfigureAwait(false))
            {
                return new(next.Generation, true);
            }
        }
    }

    /// <summary>The generation that a key below <see cref="Manifest.Root"/> holds, or null.</summary>
    internal static int? GenerationOf(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        return name.Length == DigitsOfGeneration + ".json".Length && name.EndsWith(".json", StringComparison.Ordinal) &&
            int.TryParse(name.AsSpan(0, DigitsOfGeneration), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    private static EyeSlotsException Superseded(string dataset, Manifest? newest, int startedFrom) => new(
        ErrorCodes.Superseded,
        $"Another run committed generation {newest?.Generation ?? 0} of '{dataset}' while this one worked from generation {startedFrom}. Nothing is lost; run again.");

    private async Task<Manifest?> TryLoadAsync(string dataset, int generation, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        var key = Manifest.Key(dataset, generation);
        var outcome = await root.ReadAsync(key, null, buffer, MostBytes, cancellation).ConfigureAwait(false);
        if (outcome == ReadOutcome.Missing) return null;
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
}
