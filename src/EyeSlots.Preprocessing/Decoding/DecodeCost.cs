using EyeSlots.Core.Geometry;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Bytes that decoding and cropping one face hold at most, known from the header alone.</summary>
internal readonly record struct DecodeCost(long Bytes, bool IsMonster)
{
    private const long MonsterPixels = 16_000_000;
    private const long SeveralScansMonsterPixels = 8_000_000;
    private const long MonsterBytes = 64L << 20;

    /// <summary>What a face of this image costs.</summary>
    /// <param name="header">The image.</param>
    /// <param name="region">The decoded region.</param>
    /// <param name="crop">The crop before resizing.</param>
    public static DecodeCost Of(in ImageHeader header, PixelRegion region, PixelSize crop)
    {
        var decoder = header.Format == ImageFormat.Jpeg
            ? (header.HasSeveralScans ? header.CoefficientBytes : 0)
            : header.DecoderBytes + (header.DecoderBytesPerRow * region.Height);
        var bytes = decoder + (3L * region.Width * region.Height) + (2 * 3L * crop.Width * crop.Height);
        var monster = header.Pixels > MonsterPixels || (header.HasSeveralScans && header.Pixels > SeveralScansMonsterPixels) || bytes > MonsterBytes;
        return new(bytes, monster);
    }
}
