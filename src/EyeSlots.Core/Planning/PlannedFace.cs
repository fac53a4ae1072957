using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>A face while a plan is made: where it belongs, and where the rest of it lies.</summary>
/// <param name="Hash">The first 128 bits of the SHA-256 of the image path: enough to order a list of any size.</param>
/// <param name="Record">Place in the spool; grows in file order.</param>
internal readonly record struct PlannedFace(UInt128 Hash, long Record) : IComparable<PlannedFace>
{
    /// <summary>Bits by which slices are halved.</summary>
    public const int HashBits = 128;

    /// <summary>The hash of a path.</summary>
    public static UInt128 HashOf(ReadOnlySpan<char> imagePath)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var most = Encoding.UTF8.GetMaxByteCount(imagePath.Length);
        var bytes = most <= 1024 ? stackalloc byte[most] : new byte[most];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(imagePath, bytes)], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    /// <summary>By hash, then in file order: the order of shards' rows.</summary>
    public int CompareTo(PlannedFace other) => Hash != other.Hash ? Hash.CompareTo(other.Hash) : Record.CompareTo(other.Record);
}
