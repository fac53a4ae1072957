using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Costs;

/// <summary>What lies below an image root.</summary>
/// <param name="Images">Files with the extension of an image.</param>
/// <param name="Bytes">Bytes of all of them.</param>
public readonly record struct CountedImages(long Images, long Bytes)
{
    /// <summary>Counts by listing.</summary>
    /// <exception cref="EyeSlotsException">storage-failed: the store refused, or there is no image.</exception>
    public static async Task<CountedImages> OfAsync(IObjectStore root, CancellationToken cancellation)
    {
        var (images, bytes) = (0L, 0L);
        await foreach (var file in root.ListAsync("", cancellation).ConfigureAwait(false))
        {
            if (!IsImage(file.Key)) continue;
            images++;
            bytes += file.Size;
        }

        return images > 0 && bytes > 0 ? new(images, bytes) : throw new StorageException($"There is no image below {root.Address}; check --images.");
    }

    private static bool IsImage(string key) => ImagePlaces.Extensions.Any(extension => key.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
