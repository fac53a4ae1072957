using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>
/// How many bytes of an image are asked for first, for a face with these eye points (46 numbers): all of them, or those that are likely enough.
/// Called from several threads.
/// </summary>
internal delegate long FirstBytes(ImageIdentity image, ReadOnlySpan<double> eyes);

/// <summary>Reads images bound to their planned identities: to size and version, or to the content's hash where the identity is one.</summary>
internal sealed class BoundImages(IObjectStore images)
{
    /// <summary>Reads an image, or its start; nothing where it is larger than allowed.</summary>
    /// <param name="image">The planned identity.</param>
    /// <param name="buffer">Receives the content.</param>
    /// <param name="first">Bytes that are enough for now. One whose size is not known, or that is larger than allowed, is read whole or not at all.</param>
    /// <param name="maxBytes">The largest image that is read.</param>
    /// <param name="cancellation">Stops the read.</param>
    public ValueTask<ReadOutcome> ReadAsync(ImageIdentity image, ByteBuffer buffer, long first, long maxBytes, CancellationToken cancellation) =>
        image.IsOfContent ? ReadHashedAsync(image, buffer, maxBytes, cancellation)
        : first < image.Size && image.Size <= maxBytes ? images.ReadStartAsync(image.Path, Planned(image), buffer, (int)first, cancellation)
        : images.ReadAsync(image.Path, Planned(image), buffer, maxBytes, cancellation);

    /// <summary>Reads what is missing behind a start.</summary>
    public ValueTask<ReadOutcome> ReadRestAsync(ImageIdentity image, ByteBuffer buffer, CancellationToken cancellation) =>
        images.ReadRestAsync(image.Path, Planned(image), buffer, cancellation);

    private async ValueTask<ReadOutcome> ReadHashedAsync(ImageIdentity image, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        var outcome = await images.ReadAsync(image.Path, null, buffer, maxBytes, cancellation).ConfigureAwait(false);
        return outcome == ReadOutcome.Read && !image.HasContent(buffer.Span) ? ReadOutcome.Changed : outcome;
    }

    private static ObjectStat Planned(ImageIdentity image) => new(image.Path, image.Size, image.Version, default);
}
