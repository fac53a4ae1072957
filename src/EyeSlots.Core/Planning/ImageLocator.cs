using System.Collections.Concurrent;
using System.Security.Cryptography;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>
/// Finds a list's image below the root: <c>ROOT/p</c>, <c>ROOT/M/p</c>, <c>ROOT/M/M/p</c> with M = Manually_Annotated_Images; then, in
/// the same three places, the same stem with each other known extension, in the order of <see cref="Extensions"/>.
/// </summary>
/// <param name="images">The image root.</param>
/// <param name="hashImages">Identities are hashes of the content.</param>
internal sealed class ImageLocator(IObjectStore images, bool hashImages)
{
    private const string Nested = "Manually_Annotated_Images/";
    private readonly ConcurrentDictionary<string, bool> folders = new();
    private Dictionary<string, ObjectStat>? listing;

    /// <summary>Extensions that a re-pack may have given a listed image.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jpg", ".JPG", ".jpeg", ".JPEG", ".Jpeg", ".png", ".PNG", ".bmp", ".BMP", ".tif", ".TIF", ".tiff", ".TIFF", ".webp"];

    /// <summary>Lists the root once where that is cheaper than asking for each image.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (!images.PrefersListing) return;
        listing = new(StringComparer.Ordinal);
        await foreach (var stat in images.ListAsync("", cancellation).ConfigureAwait(false)) listing[stat.Key] = stat;
    }

    /// <summary>The identity of a listed path, or <see cref="ImageIdentity.Absent"/>. Safe to call from several threads.</summary>
    public async ValueTask<ImageIdentity> FindAsync(string path, CancellationToken cancellation)
    {
        if (await StatAsync(path, cancellation).ConfigureAwait(false) is not { } stat) return ImageIdentity.Absent;
        return hashImages ? await HashAsync(stat, cancellation).ConfigureAwait(false) : new(stat.Key, stat.Size, stat.Version);
    }

    private async ValueTask<ObjectStat?> StatAsync(string path, CancellationToken cancellation)
    {
        for (var place = path; place.Length <= path.Length + (2 * Nested.Length); place = Nested + place)
        {
            if (await LookAsync(place, cancellation).ConfigureAwait(false) is { } found) return found;
        }

        for (var place = path; place.Length <= path.Length + (2 * Nested.Length); place = Nested + place)
        {
            if (!await HasFolderAsync(place, cancellation).ConfigureAwait(false)) continue;
            var stem = Path.ChangeExtension(place, null);
            foreach (var extension in Extensions)
            {
                if (await LookAsync(stem + extension, cancellation).ConfigureAwait(false) is { } found) return found;
            }
        }

        return null;
    }

    private async ValueTask<ObjectStat?> LookAsync(string key, CancellationToken cancellation) =>
        listing is null ? await images.StatAsync(key, cancellation).ConfigureAwait(false) : listing.TryGetValue(key, out var stat) ? stat : null;

    // A list without its images would else cost dozens of look-ups for each row.
    private async ValueTask<bool> HasFolderAsync(string key, CancellationToken cancellation)
    {
        if (listing is not null) return true;
        var folder = key[..(key.LastIndexOf('/') + 1)];
        if (folders.TryGetValue(folder, out var known)) return known;
        await using var files = images.ListAsync(folder, cancellation).GetAsyncEnumerator(cancellation);
        return folders[folder] = await files.MoveNextAsync().ConfigureAwait(false);
    }

    private async ValueTask<ImageIdentity> HashAsync(ObjectStat stat, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        return await images.ReadAsync(stat.Key, stat, buffer, JobParameters.MaxFileBytes, cancellation).ConfigureAwait(false) switch
        {
            ReadOutcome.Read => new(stat.Key, 0, ImageIdentity.HashPrefix + Convert.ToHexStringLower(SHA256.HashData(buffer.Span))),
            ReadOutcome.Missing => ImageIdentity.Absent,
            ReadOutcome.Changed => throw new EyeSlotsException(ErrorCodes.ImageChanged, $"The image {stat.Key} changed while it was read; run again."),

            // The job will refuse what is too large or outside; until then size and version tell it apart.
            _ => new(stat.Key, stat.Size, stat.Version),
        };
    }
}
