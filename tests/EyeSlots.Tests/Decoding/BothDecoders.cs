using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Decoding;

/// <summary>Decodes by the library's Huffman decoder, then by ours: a new decoder has no tables before its second file with them.</summary>
internal static class BothDecoders
{
    /// <summary>Decodes twice with one decoder.</summary>
    public static ((string? Why, byte[] Pixels) First, (string? Why, byte[] Pixels) Second) Decode(byte[] file, PixelRegion region)
    {
        using var decoder = new RegionDecoder();
        return (Decode(decoder, file, region), Decode(decoder, file, region));
    }

    /// <summary>Decodes once.</summary>
    public static (string? Why, byte[] Pixels) Decode(RegionDecoder decoder, byte[] file, PixelRegion region)
    {
        var pixels = new byte[3 * region.Width * region.Height];
        return (decoder.Decode(file, region, pixels, Decoded.Memory)?.ToString(), pixels);
    }
}
