using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// Reads images one after the other into one buffer. A file above <see cref="OrdinaryBytes"/> waits until no other worker holds one, so the
/// memory of a job is bounded.
/// </summary>
internal sealed class ImageReader(BoundImages images, SemaphoreSlim oneLarge)
{
    /// <summary>Files up to here are read without waiting.</summary>
    public const int OrdinaryBytes = 16 << 20;

    private readonly ByteBuffer buffer = new();
    private bool holdsLarge;

    /// <summary>Reads an image; allocates nothing where the store answers at once. The content is valid until the next read.</summary>
    public async ValueTask<ContentRead> ReadAsync(ImageIdentity image, CancellationToken cancellation)
    {
        Done();
        var outcome = await images.ReadAsync(image, buffer, long.MaxValue, OrdinaryBytes, cancellation).ConfigureAwait(false);
        if (outcome == ReadOutcome.TooLarge)
        {
            await oneLarge.WaitAsync(cancellation).ConfigureAwait(false);
            holdsLarge = true;
            outcome = await images.ReadAsync(image, buffer, long.MaxValue, JobParameters.MaxFileBytes, cancellation).ConfigureAwait(false);
        }

        return new(outcome, outcome == ReadOutcome.Read ? buffer.Memory : default);
    }

    /// <summary>Ends the use of the last content.</summary>
    public void Done()
    {
        if (!holdsLarge) return;
        buffer.Release();
        holdsLarge = false;
        oneLarge.Release();
    }
}
