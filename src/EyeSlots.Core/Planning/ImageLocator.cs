using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Finds a list's image below the root, in the places and with the extensions of <see cref="ImagePlaces"/>.</summary>
/// <param name="images">The image root.</param>
/// <param name="hashImages">Identities are hashes of the content.</param>
/// <param name="effort">When a bucket is listed.</param>
/// <param name="progress">Told of how many images were looked at, where that takes its time.</param>
internal sealed class ImageLocator(IObjectStore images, bool hashImages, SearchEffort? effort = null, IProgress<long>? progress = null) : IDisposable
{
    private readonly IImageSearch search = SearchIn(images, effort ?? new(), progress);

    /// <summary>Says that a list names a path; all are said before <see cref="PrepareAsync"/>. One caller at a time.</summary>
    /// <param name="path">The path.</param>
    /// <param name="hash">Its <see cref="PlannedFace.HashOf"/>.</param>
    public void Expect(string path, UInt128 hash) => search.Expect(path, hash);

    /// <summary>Looks for all expected images at once where that is cheaper.</summary>
    public Task PrepareAsync(NamedImages names, CancellationToken cancellation) => search.PrepareAsync(names, cancellation);

    /// <summary>The identity of an expected path, or <see cref="ImageIdentity.Absent"/>. Safe to call from several threads.</summary>
    public ValueTask<ImageIdentity> FindAsync(string path, UInt128 hash, CancellationToken cancellation) =>
        hashImages ? FindAndHashAsync(path, hash, cancellation) : search.FindAsync(path, hash, cancellation);

    /// <summary>Whether a found image lies in an archive.</summary>
    public bool IsArchived(in ImageIdentity image) => search.IsArchived(image);

    /// <summary>What a store says of an image. A link that leads out of the root is told by the path alone, not by what it leads to.</summary>
    public static ImageIdentity Describe(in ObjectStat stat) => stat.LeavesRoot ? ImageIdentity.Outside(stat.Key) : new(stat.Key, stat.Size, stat.Version);

    /// <summary>Removes temporary files.</summary>
    public void Dispose() => search.Dispose();

    private static IImageSearch SearchIn(IObjectStore images, SearchEffort effort, IProgress<long>? progress)
    {
        var places = new ImagePlaces(images.Address.Split().Name);
        return images.PrefersListing ? new BucketImages(images, places, effort, progress) : new FolderImages(images, places);
    }

    private async ValueTask<ImageIdentity> FindAndHashAsync(string path, UInt128 hash, CancellationToken cancellation)
    {
        var found = await search.FindAsync(path, hash, cancellation).ConfigureAwait(false);
        return found is { IsAbsent: false, IsOutside: false } && !IsArchived(found) ? await HashAsync(found, cancellation).ConfigureAwait(false) : found;
    }

    private async ValueTask<ImageIdentity> HashAsync(ImageIdentity image, CancellationToken cancellation)
    {
        var buffer = new ByteBuffer();
        var planned = new ObjectStat(image.Path, image.Size, image.Version, default);
        return await images.ReadAsync(image.Path, planned, buffer, JobParameters.MaxFileBytes, cancellation).ConfigureAwait(false) switch
        {
            ReadOutcome.Read => ImageIdentity.OfContent(image.Path, buffer.Span),
            ReadOutcome.Missing => ImageIdentity.Absent,

            // The job will refuse what is too large; until then size and version tell it apart.
            ReadOutcome.TooLarge => image,
            _ => throw new EyeSlotsException(ErrorCodes.ImageChanged, $"The image {image.Path} changed while it was read; run again."),
        };
    }
}
