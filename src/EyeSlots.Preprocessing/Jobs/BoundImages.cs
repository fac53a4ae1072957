using System.Security.Cryptography;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Preprocessing.Jobs;

/// <summary>Reads images bound to their planned identities: to size and version, or to the content's hash where the identity is one.</summary>
internal sealed class BoundImages(IObjectStore images) : IReadAheadSource<ImageIdentity>
{
    public long SizeOf(ImageIdentity item) => item.Size;

    public async ValueTask<ReadOutcome> ReadAsync(ImageIdentity item, ByteBuffer buffer, long maxBytes, CancellationToken cancellation)
    {
        var hashed = item.Version.StartsWith(ImageIdentity.HashPrefix, StringComparison.Ordinal);
        ObjectStat? expected = hashed ? null : new ObjectStat(item.Path, item.Size, item.Version, default);
        var outcome = await images.ReadAsync(item.Path, expected, buffer, maxBytes, cancellation).ConfigureAwait(false);
        return outcome == ReadOutcome.Read && hashed && !HasHash(buffer.Span, item.Version) ? ReadOutcome.Changed : outcome;
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
