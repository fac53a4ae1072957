using System.Text.Json.Serialization;

namespace EyeSlots.Core.Planning;

/// <summary>What became of a slice. These are also the fields of a shard in the manifest.</summary>
public sealed record ShardResult
{
    /// <summary>Names the shard and its quarantine file: the slice's fingerprint, or <see cref="SliceHeader.NameUnder"/> where memory decided a reject.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The list's name.</summary>
    public required string List { get; init; }

    /// <summary>Faces of the slice: <see cref="Rows"/> + <see cref="Rejected"/>.</summary>
    public required int Faces { get; init; }

    /// <summary>Crops in the shard.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows in the quarantine file.</summary>
    public required int Rejected { get; init; }

    /// <summary>Rejected rows for each code's text, codes without rows left out.</summary>
    public required IReadOnlyDictionary<string, int> RejectedByCode { get; init; }

    /// <summary>Bytes of the shard.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the shard, hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>SHA-256 of the face keys of the shard's rows in order, each followed by a line feed, hexadecimal.</summary>
    public required string FaceKeysSha256 { get; init; }

    /// <summary>Bytes of the quarantine file; 0 when there is none.</summary>
    public long QuarantineBytes { get; init; }

    /// <summary>SHA-256 of the quarantine file; empty when there is none.</summary>
    public string QuarantineSha256 { get; init; } = "";

    /// <summary>Bytes of images read to make it; 0 for a kept shard. Not part of the manifest's content.</summary>
    [JsonIgnore]
    public long BytesRead { get; init; }

    /// <summary>Bytes that these images have, of which some need not be read; 0 for a kept shard. Not part of the manifest's content.</summary>
    [JsonIgnore]
    public long BytesThere { get; init; }
}
