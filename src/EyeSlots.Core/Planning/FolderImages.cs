using System.Collections.Concurrent;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Looks for images in a folder, where a look at a file costs little.</summary>
internal sealed class FolderImages(IObjectStore images, ImagePlaces places) : IImageSearch
{
    /// <summary>Folders that are remembered; a set has hundreds.</summary>
    private const int MostFolders = 1 << 16;

    /// <summary>For the folders of listed paths, a bit for each place in which there is no such folder, and behind those one for each in which there is.</summary>
    private readonly ConcurrentDictionary<string, int> seen = new();

    public void Expect(string path, UInt128 hash)
    {
    }

    public Task PrepareAsync(NamedImages names, CancellationToken cancellation) => Task.CompletedTask;

    public async ValueTask<ImageIdentity> FindAsync(string path, UInt128 hash, CancellationToken cancellation)
    {
        var known = KnownOf(path);
        for (var place = 0; place < ImagePlaces.Count; place++)
        {
            if ((known & Without(place)) != 0 || places.At(path, place) is not { } key) continue;
            if (await images.StatAsync(key, cancellation).ConfigureAwait(false) is { } stat) return ImageLocator.Describe(stat);
            if ((known & With(place)) == 0) NoteFolder(path, place, key);
        }

        return await FindOtherAsync(path, cancellation).ConfigureAwait(false);
    }

    public bool IsArchived(in ImageIdentity image) => false;

    public void Dispose()
    {
    }

    // A list without its images would else cost dozens of look-ups for each row.
    private async ValueTask<ImageIdentity> FindOtherAsync(string path, CancellationToken cancellation)
    {
        var known = KnownOf(path);
        for (var place = 0; places.At(path, place) is { } key; place++)
        {
            if ((known & Without(place)) != 0) continue;
            var stem = ImagePlaces.Stem(key).ToString();
            foreach (var extension in ImagePlaces.Extensions)
            {
                if (await images.StatAsync(stem + extension, cancellation).ConfigureAwait(false) is { } stat) return ImageLocator.Describe(stat);
            }
        }

        return ImageIdentity.Absent;
    }

    private int KnownOf(string path) => seen.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(FolderOf(path), out var known) ? known : 0;

    // Where the archives lie one folder deeper than the lists say, the first look at each of their images would be in vain.
    private void NoteFolder(string path, int place, string key)
    {
        var folder = FolderOf(key);
        if (seen.Count >= MostFolders) return;
        var bit = folder.IsEmpty || images.MayHaveFolder(folder.ToString()) ? With(place) : Without(place);
        seen.AddOrUpdate(FolderOf(path).ToString(), bit, (_, known) => known | bit);
    }

    private static int Without(int place) => 1 << place;

    private static int With(int place) => 1 << (ImagePlaces.Count + place);

    private static ReadOnlySpan<char> FolderOf(string key) => key.AsSpan(0, Math.Max(0, key.LastIndexOf('/')));
}
