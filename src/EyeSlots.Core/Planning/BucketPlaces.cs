using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Which places of a bucket hold anything among the expected keys, by one short look at each, and which were listed whole.</summary>
internal sealed class BucketPlaces(IObjectStore images, ExpectedImages expected)
{
    private readonly SemaphoreSlim looking = new(1, 1);
    private readonly bool[] empty = new bool[ImagePlaces.Count], listed = new bool[ImagePlaces.Count];
    private volatile bool looked;
    private bool isInOrder = true;

    /// <summary>Whether nothing lies in a place; false where nobody has looked.</summary>
    public bool IsEmpty(int place) => empty[place];

    /// <summary>Whether all of the expected keys in a place were listed.</summary>
    public bool IsListed(int place) => listed[place];

    /// <summary>Says that they were.</summary>
    public void Listed(int place) => listed[place] = true;

    /// <summary>Says that the whole root was.</summary>
    public void AllListed()
    {
        listed.AsSpan().Fill(true);
        looked = true;
    }

    /// <summary>Takes back what was said and seen, because the server lists in another order.</summary>
    public void Forget()
    {
        isInOrder = false;
        empty.AsSpan().Clear();
        listed.AsSpan().Clear();
        looked = false;
    }

    /// <summary>Looks at all places, once.</summary>
    public async ValueTask LookAsync(CancellationToken cancellation)
    {
        if (looked) return;
        await looking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (looked) return;
            var looks = Enumerable.Range(0, ImagePlaces.Count).Select(async place => empty[place] = !await HoldsAnyAsync(place, cancellation).ConfigureAwait(false));
            await Task.WhenAll(looks).ConfigureAwait(false);
            looked = true;
        }
        finally
        {
            looking.Release();
        }
    }

    // Where nothing is expected, single images are looked at, and any key may be one of theirs.
    private Task<bool> HoldsAnyAsync(int place, CancellationToken cancellation)
    {
        var prefix = ImagePlaces.Prefix(place);
        if (isInOrder && images.ListsRanges && expected.RangeIn(place) is { } range) return HoldsAnyAsync(range, cancellation);
        return expected.Count > 0 && expected.RangeIn(place) is null ? Task.FromResult(false)
            : prefix.Length == 0 ? Task.FromResult(true) : AnyAsync(images.ListAsync(prefix, cancellation), cancellation);
    }

    private async Task<bool> HoldsAnyAsync(KeyRange range, CancellationToken cancellation)
    {
        await foreach (var page in images.ListRangeAsync(range, mostKeys: 1, cancellation).ConfigureAwait(false))
        {
            if (page.Count > 0) return true;
        }

        return !images.ListsRanges;
    }

    private static async Task<bool> AnyAsync(IAsyncEnumerable<ObjectStat> files, CancellationToken cancellation)
    {
        await using var found = files.GetAsyncEnumerator(cancellation);
        return await found.MoveNextAsync().ConfigureAwait(false);
    }
}
