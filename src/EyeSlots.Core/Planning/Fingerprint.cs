using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>SHA-256 of everything that decides a shard's bytes: versions, parameters, and each face's key, annotation and image.</summary>
internal sealed class Fingerprint : IDisposable
{
    /// <summary>Bytes that are gathered before they are hashed: each call of the hash costs as much as hundreds of them.</summary>
    private const int MostPending = 1 << 15;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly PackedWriter pending = new(MostPending + (MostPending / 8));

    /// <summary>Starts the fingerprint of one slice.</summary>
    public Fingerprint(JobParameters parameters, string list)
    {
        Add(FormatVersions.Schema);
        Add(FormatVersions.Pixel);
        Add(FormatVersions.OpenCv);
        Add(FormatVersions.ParquetWriter);
        Add(ParameterText.Of(parameters));
        Add(list);
    }

    /// <summary>Adds a face; its annotation, path included, stands behind the digest.</summary>
    public void Add(ReadOnlySpan<byte> annotationDigest, int faceIndex, in ImageIdentity image)
    {
        pending.Bytes(annotationDigest[..FaceRecord.DigestBytes]);
        Add(faceIndex);
        Add(image.Path);
        Add(image.Size);
        Add(image.Version);
        if (pending.Count >= MostPending) HashPending();
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Finish()
    {
        HashPending();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Frees the hash.</summary>
    public void Dispose() => hash.Dispose();

    private void HashPending()
    {
        hash.AppendData(pending.Written);
        pending.Shorten(0);
    }

    private void Add(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        pending.Bytes(bytes);
    }

    private void Add(string text)
    {
        Add(Encoding.UTF8.GetByteCount(text));
        pending.Utf8(text);
    }
}
