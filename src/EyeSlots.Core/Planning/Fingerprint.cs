using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EyeSlots.Core.Planning;

/// <summary>SHA-256 of everything that decides a shard's bytes: versions, parameters, and each face's key, annotation and image.</summary>
internal sealed class Fingerprint : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

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
        hash.AppendData(annotationDigest[..FaceRecord.DigestBytes]);
        Add(faceIndex);
        Add(image.Path);
        Add(image.Size);
        Add(image.Version);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>Frees the hash.</summary>
    public void Dispose() => hash.Dispose();

    private void Add(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Add(bytes.Length);
        hash.AppendData(bytes);
    }
}
