using System.Collections.Concurrent;
using System.Security.Cryptography;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Finds a list's image below the root, in the places and with the extensions of <see cref="ImagePlaces"/>.</summary>
/// <param name="images">The image root.</param>
/// <param name="hashImages">Identities are hashes of the content.</param>
internal sealed class ImageLocator(IObjectStore images, bool hashImages) : IDisposable
{
    private readonly ImagePlaces places = new(images.Address.Split().Name);
    private readonly ConcurrentDictionary<string, bool> folders = new();

    /// <summary>Where one listing of the root is cheaper than asking for each image.</summary>
    private ListedImages? listed;

    /// <summary>Says that a list names a path; all are said before <see cref="PrepareAsync"/>. One caller at a time.</summary>
    public void Expect(string path)
    {
        if (images.PrefersListing) (listed ??= new(places)).Expect(path);
    }

    /// <summary>Lists the root once where that is cheaper, and keeps of it what was expected.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => listed?.TakeAsync(images.ListAsync("", cancellation)) ?? Task.CompletedTask;

    /// <summary>The identity of an expected path, or <see cref="ImageIdentity.Absent"/>. Safe to call from several threads.</summary>
    public async ValueTask<ImageIdentity> FindAsync(string path, CancellationToken cancellation)
    {
        var found = await LookEverywhereAsync(path, cancellation).ConfigureAwait(false);
        return hashImages && found is { IsAbsent: false, IsOutside: false } && !IsArchived(found) ? await HashAsync(found, cancellation).ConfigureAwait(false) : found;
    }

    /// <summary>Whether a found image lies in an archive; only listings say so.</summary>
    public bool IsArchived(in ImageIdentity image) => listed?.IsArchived(image.Path) ?? false;

    /// <summary>What a store says of an image. A link that leads out of the root is told by the path alone, not by what it leads to.</summary>
    public static ImageIdentity Describe(in ObjectStat stat) => stat.LeavesRoot ? ImageIdentity.Outside(stat.Key) : new(stat.Key, stat.Size, stat.Version);

    /// <summary>Removes the temporary file.</summary>
    public void Dispose() => listed?.Dispose();

    private async ValueTask<ImageIdentity> LookEverywhereAsync(string path, CancellationToken cancellation)
    {
        for (var before = 0; places.At(path, before) is { } place; before++)
        {
            if (await LookAsync(place, cancellation).ConfigureAwait(false) is { } found) return found;
        }

        for (var before = 0; places.At(path, before) is { } place; before++)
        {
            if (!await HasFolderAsync(place, cancellation).ConfigureAwait(false)) continue;
            var stem = ImagePlaces.Stem(place).ToString();
            foreach (var extension in ImagePlaces.Extensions)
            {
                if (await LookAsync(stem + extension, cancellation).ConfigureAwait(false) is { } found) return found;
            }
        }

        return ImageIdentity.Absent;
    }

    private async ValueTask<ImageIdentity?> LookAsync(string key, CancellationToken cancellation)
    {
        if (listed is not null) return listed.Find(key);
        return await images.StatAsync(key, cancellation).ConfigureAwait(false) is { } stat ? Describe(stat) : null;
    }

    // A list without its images would else cost dozens of look-ups for each row.
    private async ValueTask<bool> HasFolderAsync(string key, CancellationToken cancellation)
    {
        if (listed is not null) return true;
        var folder = key[..(key.LastIndexOf('/') + 1)];
        if (folders.TryGetValue(folder, out var known)) return known;
        await using var files = images.ListAsync(folder, cancellation).GetAsyncEnumerator(cancellation);
        return folders[folder] = await files.MoveNextAsync().ConfigureAwait(false);
    }

    private async ValueTask<ImageIdentity> HashAsync(ImageIdentity image, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        var planned = new ObjectStat(image.Path, image.Size, image.Version, default);
        return await images.ReadAsync(image.Path, planned, buffer, JobParameters.MaxFileBytes, cancellation).ConfigureAwait(false) switch
        {
            ReadOutcome.Read => new(image.Path, 0, ImageIdentity.HashPrefix + Convert.ToHexStringLower(SHA256.HashData(buffer.Span))),
            ReadOutcome.Missing => ImageIdentity.Absent,

            // The job will refuse what is too large; until then size and version tell it apart.
            ReadOutcome.TooLarge => image,
            _ => throw new EyeSlotsException(ErrorCodes.ImageChanged, $"The image {image.Path} changed while it was read; run again."),
        };
    }
}
