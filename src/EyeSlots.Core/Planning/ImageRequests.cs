using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Asks a bucket for single images.</summary>
/// <param name="images">The image root.</param>
/// <param name="seen">Told of what is archived.</param>
internal sealed class ImageRequests(IObjectStore images, ListedImages seen)
{
    /// <summary>Keys of a short listing: far more than there are extensions, and far fewer than of a page.</summary>
    private const int MostKeys = 100;

    /// <summary>Asks for one key.</summary>
    public async ValueTask<ImageIdentity?> AskAsync(string key, CancellationToken cancellation) =>
        await images.StatAsync(key, cancellation).ConfigureAwait(false) is { } image ? Describe(image) : null;

    /// <summary>Asks for a stem with every extension, the first of which counts: by one short listing, where that shows all of it.</summary>
    public async ValueTask<ImageIdentity?> AskOthersAsync(string stem, CancellationToken cancellation)
    {
        if (images.ListsRanges)
        {
            await foreach (var page in images.ListRangeAsync(new(stem + '.', stem + '/'), MostKeys, cancellation).ConfigureAwait(false))
            {
                if (page.Count == MostKeys) break;
                return FirstOf(stem, page);
            }

            if (images.ListsRanges) return null;
        }

        foreach (var extension in ImagePlaces.Extensions)
        {
            if (await AskAsync(stem + extension, cancellation).ConfigureAwait(false) is { } found) return found;
        }

        return null;
    }

    private ImageIdentity? FirstOf(string stem, IReadOnlyList<ObjectStat> page)
    {
        foreach (var extension in ImagePlaces.Extensions)
        {
            foreach (var image in page)
            {
                if (image.Key == stem + extension) return Describe(image);
            }
        }

        return null;
    }

    private ImageIdentity Describe(in ObjectStat image)
    {
        seen.NoteArchived(image);
        return ImageLocator.Describe(image);
    }
}
