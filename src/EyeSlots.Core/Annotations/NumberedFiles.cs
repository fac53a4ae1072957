using System.Globalization;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Annotations;

/// <summary>Lists a folder whose files are named by numbers: in parts side by side where a store lists parts and it has more than a page.</summary>
internal static class NumberedFiles
{
    private const int FirstParts = 10, LastParts = 99;

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
        var left = new KeyRange(folder, folder[..^1] + '0');
        List<string> keys = [];
        var isLarge = false;
        await foreach (var page in store.ListRangeAsync(left, cancellation: cancellation).ConfigureAwait(false))
        {
            keys.AddRange(Below(folder, page));
            isLarge = page.Count == KeyRange.PageKeys;
            if (!isLarge) continue;
            left = left with { After = page[^1].Key };
            break;
        }

        if (isLarge) await ListPartsAsync(store, folder, left, keys, cancellation).ConfigureAwait(false);
        return store.ListsRanges ? keys : null;
    }

    private static Task ListPartsAsync(IObjectStore store, string folder, KeyRange left, List<string> keys, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = KeyRange.ListedAtOnce, CancellationToken = cancellation };
        return Parallel.ForEachAsync(Parts(folder, left), options, async (part, stop) =>
        {
            await foreach (var page in store.ListRangeAsync(part, cancellation: stop).ConfigureAwait(false))
            {
                lock (keys) keys.AddRange(Below(folder, page));
            }
        });
    }

    // A file may have the very name at which the folder's keys end.
    private static IEnumerable<string> Below(string folder, IReadOnlyList<ObjectStat> page) =>
        page.Select(file => file.Key).Where(key => key.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The keys that are left, by the first two digits of their numbers; others lie in the first or the last part.</summary>
    private static IEnumerable<KeyRange> Parts(string folder, KeyRange left)
    {
        for (var digits = FirstParts; digits <= LastParts; digits++)
        {
            var end = string.Create(CultureInfo.InvariantCulture, $"{folder}{digits}");
            if (KeyOrder.Compare(end, left.After) <= 0) continue;
            yield return left with { Until = end };
            left = left with { After = end };
        }

        yield return left;
    }
}
