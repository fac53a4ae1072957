using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Lists a bucket where images are expected, in parts side by side, until it has cost more than asking for each image would.</summary>
internal sealed class BucketListing(IObjectStore images, ExpectedImages expected, ListedImages found, SearchEffort effort, IProgress<long>? progress)
{
    private const int FewestKeys = 100, KeysBetweenReports = 20_000;
    private readonly long mostPages = effort.MostPages(expected.Count);
    private long pages, keys, reported;

    /// <summary>Lists the keys of a place among which the expected images lie.</summary>
    /// <returns>False where it was given up: it has too many other keys, or the server does not list in order.</returns>
    public async Task<bool> ListAsync(int place, CancellationToken cancellation)
    {
        var parts = expected.PartsIn(place, effort.Parts(expected.Count));
        var first = FirstKeys(parts.Count);
        var options = new ParallelOptions { MaxDegreeOfParallelism = KeyRange.ListedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(parts, options, async (part, stop) =>
        {
            if (IsOver) return;
            await foreach (var page in images.ListRangeAsync(part, first, stop).ConfigureAwait(false))
            {
                Take(page);
                if (IsOver) return;
            }
        }).ConfigureAwait(false);
        found.Flush();
        return !IsOver;
    }

    /// <summary>Lists the whole root, one page after the other, where the server lists in no order.</summary>
    /// <returns>False where it was given up.</returns>
    public async Task<bool> ListAllAsync(CancellationToken cancellation)
    {
        List<ObjectStat> page = [];
        pages = 0;
        await foreach (var image in images.ListAsync("", cancellation).ConfigureAwait(false))
        {
            page.Add(image);
            if (page.Count < KeyRange.PageKeys) continue;
            Take(page);
            page.Clear();
            if (pages > mostPages) break;
        }

        Take(page);
        found.Flush();
        return pages <= mostPages;
    }

    /// <summary>What a server makes and sends in vain is what most of a short listing takes: a quarter more than the images of a part, since parts differ.</summary>
    private int FirstKeys(int parts) => Math.Clamp(expected.Count / Math.Max(1, parts) * 5 / 4, FewestKeys, KeyRange.PageKeys);

    private bool IsOver => Interlocked.Read(ref pages) > mostPages || !images.ListsRanges;

    private void Take(IReadOnlyList<ObjectStat> page)
    {
        found.Take(page, expected);
        Interlocked.Increment(ref pages);
        var now = Interlocked.Add(ref keys, page.Count);
        var before = Interlocked.Read(ref reported);
        if (now - before >= KeysBetweenReports && Interlocked.CompareExchange(ref reported, now, before) == before) progress?.Report(now);
    }
}
