using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Shards;

/// <summary>One row of a shard.</summary>
public sealed record ShardRow
{
    /// <summary>The face.</summary>
    public required FaceKey Key { get; init; }

    /// <summary>The encoded crop: a part of the shard's bytes.</summary>
    public required ReadOnlyMemory<byte> Slot { get; init; }

    /// <summary>Pixels of the crop.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels of the crop.</summary>
    public required int Height { get; init; }

    /// <summary>The slot in the image; of a row that was read, its direction is that of <see cref="Theta"/> but for the last digits.</summary>
    public required EyeSlot Geometry { get; init; }

    /// <summary>The slot's angle as the column holds it: degrees in (-180, 180].</summary>
    public required double Theta { get; init; }

    /// <summary>Share of the slot inside the image, 0 to 1.</summary>
    public required float Coverage { get; init; }

    /// <summary>Pixels of the image.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>Pixels of the image.</summary>
    public required int ImageHeight { get; init; }

    /// <summary>0 to 10, or null when unknown.</summary>
    public int? Expression { get; init; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Valence { get; init; }

    /// <summary>-1 to 1, or null when unlabelled.</summary>
    public float? Arousal { get; init; }
}

/// <summary>One row of a quarantine file.</summary>
public sealed record QuarantineRow(FaceKey Key, RejectCode Code, string Detail);
