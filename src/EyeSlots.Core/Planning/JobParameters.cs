using EyeSlots.Core.Geometry;

namespace EyeSlots.Core.Planning;

/// <summary>How a crop is stored in the <c>slot</c> column.</summary>
public enum SlotFormat
{
    /// <summary>JPEG 4:2:0 with fixed Huffman tables.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>RGB bytes, row by row.</summary>
    Raw,
}

/// <summary>Everything a user chooses that decides a shard's bytes. All of it is part of the fingerprint.</summary>
public sealed record JobParameters
{
    /// <summary>Direction and growth of the slot.</summary>
    public SlotOptions Slot { get; init; } = new();

    /// <summary>Size of every crop; null keeps each slot's own.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>Encoding of the crops.</summary>
    public SlotFormat Format { get; init; } = SlotFormat.Jpeg;

    /// <summary>JPEG quality, 1 to 100.</summary>
    public int Quality { get; init; } = 95;

    /// <summary>Least share of the slot inside the image, 0 to 1.</summary>
    public double MinCoverage { get; init; } = 0.5;

    /// <summary>Most pixels of an image.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Most bytes of an image file; not an option.</summary>
    public const long MaxFileBytes = 256L << 20;
}
