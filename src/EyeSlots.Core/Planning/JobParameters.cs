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
    /// <summary>Most bytes of an image file; not an option.</summary>
    public const long MaxFileBytes = 256L << 20;

    /// <summary>Most bytes of a shard's crops, since a worker holds two shards in memory; not an option.</summary>
    public const long MaxShardBytes = 1L << 30;

    /// <summary>The longest side of a crop that can be asked for.</summary>
    public const int LongestSide = 4096;

    private const int DefaultQuality = 95;

    /// <summary>Direction and growth of the slot.</summary>
    public SlotOptions Slot { get; init; } = new();

    /// <summary>Size of every crop; null keeps each slot's own.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>Encoding of the crops.</summary>
    public SlotFormat Format { get; init; } = SlotFormat.Jpeg;

    /// <summary>JPEG quality, 1 to 100; the default where the format has none.</summary>
    public int Quality { get; init; } = DefaultQuality;

    /// <summary>Least share of the slot inside the image, 0 to 1.</summary>
    public double MinCoverage { get; init; } = 0.5;

    /// <summary>Most pixels of an image, 1 to 10^12.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Checks every value, and what they are together; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public JobParameters Validated()
    {
        ValidateEach();
        Require.That(Format == SlotFormat.Jpeg || Quality == DefaultQuality, "--quality is that of JPEG; leave it out, or choose --format jpeg.");
        if (Format == SlotFormat.Raw && Size is { } size) ValidateRawSize(size);
        return this;
    }

    /// <summary>Checks every value by itself, as those of any dataset must be that was ever made.</summary>
    internal void ValidateEach()
    {
        Slot.Validate();
        Require.Defined("--format", Format);
        Require.Between("--quality", Quality, 1, 100);
        Require.Between("--min-coverage", MinCoverage, 0, 1);
        Require.Between("--max-pixels", MaxPixels, 1, 1_000_000_000_000);
        if (Size is not { } size) return;
        Require.Between("A side of --size", size.Width, 1, LongestSide);
        Require.Between("A side of --size", size.Height, 1, LongestSide);
    }

    /// <summary>Other formats are as large as what they show; a shard of theirs that grows too large is refused when it is made.</summary>
    private static void ValidateRawSize(PixelSize size)
    {
        const int channels = 3;
        const long most = MaxShardBytes / SliceCutter.MostFaces / channels;
        var pixels = (long)size.Width * size.Height;
        Require.That(
            pixels <= most,
            $"--format raw takes a --size of at most {most} pixels, not {size} with {pixels}: the {SliceCutter.MostFaces} crops of a shard may have {Quantity.Bytes(MaxShardBytes)}. " +
            "Choose a smaller size, or --format jpeg or png.");
    }
}
