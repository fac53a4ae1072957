using System.Collections.Concurrent;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Looks for images in a folder, where a look at a file costs little.</summary>
internal sealed class FolderImages(IObjectStore images, ImagePlaces places) : IImageSearch
{
    private readonly ConcurrentDictionary<string, bool> folders = new();

    public void Expect(string path, UInt128 hash)
    {
    }

    public Task PrepareAsync(NamedImages names, CancellationToken cancellation) => Task.CompletedTask;

    public async ValueTask<ImageIdentity> FindAsync(string path, UInt128 hash, CancellationToken cancellation)
    {
        for (var place = 0; places.At(path, place) is { } key; place++)
        {
            if (await LookAsync(key, cancellation).ConfigureAwait(false) is { } found) return found;
        }

        for (var place = 0; places.At(path, place) is { } key; place++)
        {
            if (!await HasFolderAsync(key, cancellation).ConfigureAwait(false)) continue;
            var stem = ImagePlaces.Stem(key).ToString();
            foreach (var extension in ImagePlaces.Extensions)
            {
                if (await LookAsync(stem + extension, cancellation).ConfigureAwait(false) is { } found) return found;
            }
        }

        return ImageIdentity.Absent;
    }

    public bool IsArchived(in ImageIdentity image) => false;

    public void Dispose()
    {
    }

    private async ValueTask<ImageIdentity?> LookAsync(string key, CancellationToken cancellation) =>
        await images.StatAsync(key, cancellation).ConfigureAwait(false) is { } stat ? ImageLocator.Describe(stat) : null;

    // A list without its images would else cost dozens of look-ups for each row.
    private async ValueTask<bool> HasFolderAsync(string key, CancellationToken cancellation)
    {
        var folder = key[..(key.LastIndexOf('/') + 1)];
        if (folders.TryGetValue(folder, out var known)) return known;
        await using var files = images.ListAsync(folder, cancellation).GetAsyncEnumerator(cancellation);
        return folders[folder] = await files.MoveNextAsync().ConfigureAwait(false);
    }
}
