using System.Security.Cryptography;

namespace EyeSlots.Core.Planning;

/// <summary>What the planner saw of an image: reads are bound to it, and it is part of the fingerprint.</summary>
/// <param name="Path">Resolved path below the image root; empty when absent.</param>
/// <param name="Size">Bytes; 0 when absent or when the version is a content hash.</param>
/// <param name="Version">A store's <see cref="Storage.ObjectStat.Version"/>, <c>sha256:…</c> with --hash-images, or empty when absent.</param>
public readonly record struct ImageIdentity(string Path, long Size, string Version)
{
    /// <summary>No file was found.</summary>
    public static readonly ImageIdentity Absent = new("", 0, "");

    /// <summary>The <see cref="Version"/> of what a link out of the root leads to: once the file itself is there, the identity is another.</summary>
    private const string OutsideVersion = "outside";

    /// <summary>Starts a <see cref="Version"/> that is a hash of the content.</summary>
    private const string HashPrefix = "sha256:";

    private static readonly int HashLength = HashPrefix.Length + (2 * SHA256.HashSizeInBytes);

    /// <summary>A path from which a link leads out of the root.</summary>
    public static ImageIdentity Outside(string path) => new(path, 0, OutsideVersion);

    /// <summary>An image that is known by its content alone.</summary>
    public static ImageIdentity OfContent(string path, ReadOnlySpan<byte> content)
    {
        Span<char> version = stackalloc char[HashLength];
        WriteHash(content, version);
        return new(path, 0, version.ToString());
    }

    /// <summary>Whether it is known by its content alone.</summary>
    public bool IsOfContent => Version.StartsWith(HashPrefix, StringComparison.Ordinal);

    /// <summary>Whether this is the content by which it is known.</summary>
    public bool HasContent(ReadOnlySpan<byte> content)
    {
        Span<char> version = stackalloc char[HashLength];
        WriteHash(content, version);
        return version.SequenceEqual(Version);
    }

    /// <summary>Whether a link leads out of the root, so that nothing is read.</summary>
    public bool IsOutside => Version == OutsideVersion;

    /// <summary>Whether no file was found.</summary>
    public bool IsAbsent => Version.Length == 0;

    private static void WriteHash(ReadOnlySpan<byte> content, Span<char> version)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        HashPrefix.CopyTo(version);
        Convert.TryToHexStringLower(hash, version[HashPrefix.Length..], out _);
    }
}
