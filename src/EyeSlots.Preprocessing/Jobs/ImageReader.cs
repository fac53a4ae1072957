using System.Security.Cryptography;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>How the read of one image ended, and its content.</summary>
/// <param name="Outcome">Never <see cref="ReadOutcome.Changed"/> nor <see cref="ReadOutcome.Missing"/> without the slice failing.</param>
/// <param name="Content">Valid until the next read.</param>
internal readonly record struct ImageRead(ReadOutcome Outcome, ReadOnlyMemory<byte> Content);

/// <summary>
/// Reads the images of a slice bound to their planned identities, one after the other, into one buffer. A file above
/// <see cref="OrdinaryBytes"/> waits until no other worker holds one, so the memory of a job is bounded.
/// </summary>
internal sealed class ImageReader(IObjectStore images, SemaphoreSlim oneLarge)
{
    /// <summary>Files up to here are read without waiting.</summary>
    public const int OrdinaryBytes = 16 << 20;

    private readonly ByteBuffer buffer = new();
    private bool holdsLarge;

    /// <summary>Reads an image; allocates nothing where the store answers at once.</summary>
    public async ValueTask<ImageRead> ReadAsync(ImageIdentity image, CancellationToken cancellation)
    {
        Done();
        var outcome = await ReadBoundAsync(images, image, buffer, OrdinaryBytes, cancellation).ConfigureAwait(false);
        if (outcome == ReadOutcome.TooLarge)
        {
            await oneLarge.WaitAsync(cancellation).ConfigureAwait(false);
            holdsLarge = true;
            outcome = await ReadBoundAsync(images, image, buffer, JobParameters.MaxFileBytes, cancellation).ConfigureAwait(false);
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

    /// <summary>One read, bound to size and version, or to the content's hash where the identity is one.</summary>
    public static async ValueTask<ReadOutcome> ReadBoundAsync(
        IObjectStore images, ImageIdentity image, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        var hashed = image.Version.StartsWith(ImageIdentity.HashPrefix, StringComparison.Ordinal);
        ObjectStat? expected = hashed ? null : new ObjectStat(image.Path, image.Size, image.Version, default);
        var outcome = await images.ReadAsync(image.Path, expected, buffer, maxBytes, cancellation).ConfigureAwait(false);
        return outcome == ReadOutcome.Read && hashed && !HasHash(buffer.Span, image.Version) ? ReadOutcome.Changed : outcome;
    }

    private static bool HasHash(ReadOnlySpan<byte> content, string version)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<char> text = stackalloc char[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        Convert.TryToHexStringLower(hash, text, out _);
        return version.AsSpan(ImageIdentity.HashPrefix.Length).SequenceEqual(text);
    }
}
