using EyeSlots.Core.Annotations;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Planning;

/// <summary>Reads single images by the paths that lists have for them, to be looked at. Whoever reads all of them lays a plan.</summary>
/// <param name="images">The image root.</param>
public sealed class ListedImageReader(IObjectStore images) : IDisposable
{
    private readonly ImageLocator locator = new(images, hashImages: false);

    /// <summary>Looks an image up as a job does, one place after the other, and reads it whole.</summary>
    /// <param name="path">The list's path, which may say anything.</param>
    /// <param name="buffer">Receives the file.</param>
    /// <param name="maxBytes">A larger file is not read.</param>
    /// <param name="cancellation">Stops the read.</param>
    /// <returns>False where the path is refused, or nothing below the root can be read under it.</returns>
    public async ValueTask<bool> TryReadAsync(string path, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        if (!ImagePath.TryNormalize(path, out var below)) return false;
        try
        {
            var found = await locator.FindAsync(below, PlannedFace.HashOf(below), cancellation).ConfigureAwait(false);
            return found is { IsAbsent: false, IsOutside: false } &&
                await images.ReadAsync(found.Path, null, buffer, maxBytes, cancellation).ConfigureAwait(false) == ReadOutcome.Read;
        }
        catch (StorageException)
        {
            return false; // Such as an image in an archive of S3, or a folder that nobody may read.
        }
    }

    /// <summary>Frees what the look-up holds.</summary>
    public void Dispose() => locator.Dispose();
}
