using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Annotations;

/// <summary>Lists a folder whose files are named by numbers: in parts side by side where a store lists parts and it has more than a page.</summary>
internal static class NumberedFiles
{
    private const int PageKeys = 1000, ListedAtOnce = 32, FirstParts = 10, LastParts = 99;

    /// <summary>The keys of all files below a folder, in no order.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="folder">The folder, with <c>/</c> at its end.</param>
    /// <param name="cancellation">Stops the listing.</param>
    public static async Task<List<string>> ListAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        if (store.ListsRanges && await TryListPartsAsync(store, folder, cancellation).ConfigureAwait(false) is { } found) return found;
        return await store.ListAsync(folder, cancellation).Select(file => file.Key).ToListAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Null where the server turns out not to list in order.</summary>
    private static async Task<List<string>?> TryListPartsAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        // Behind all keys of a folder: what stands behind "/" is "0".
        var whole = new KeyRange(folder, folder[..^1] + '0');
        List<string> keys = [];
        var isLarge = false;
        await foreach (var page in store.ListRangeAsync(whole, PageKeys, cancellation).ConfigureAwait(false))
        {
            keys.AddRange(Below(folder, page));
            isLarge = page.Count == PageKeys;
            if (isLarge) break;
        }

        if (!isLarge) return store.ListsRanges ? keys : null;
        keys.Clear();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ListedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Parts(whole), options, async (part, stop) =>
        {
            await foreach (var page in store.ListRangeAsync(part, PageKeys, stop).ConfigureAwait(false))
            {
                lock (keys) keys.AddRange(Below(folder, page));
            }
        }).ConfigureAwait(false);
        return store.ListsRanges ? keys : null;
    }

    // A file may have the very name at which the folder's keys end.
    private static IEnumerable<string> Below(string folder, IReadOnlyList<ObjectStat> page) =>
        page.Select(file => file.Key).Where(key => key.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The keys by the first two digits of their numbers; others lie in the first or the last part.</summary>
    private static IEnumerable<KeyRange> Parts(KeyRange whole)
    {
        var after = whole.After;
        for (var digits = FirstParts; digits <= LastParts; digits++)
        {
            var end = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{whole.After}{digits}");
            yield return new(after, end);
            after = end;
        }

        yield return whole with { After = after };
    }
}
