using System.Buffers;
using System.Security.Cryptography;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Cropping;

/// <summary>The bytes of crops: golden, so that a change of pixels is seen and versioned.</summary>
public sealed class PixelVersionTests
{
    private static readonly double[] Eyes = DrawnEyes.At(100, 90, 50, 17);

    [Theory]
    [InlineData(SlotFormat.Raw, "269213932502e9b44e433456425d4f25f9b5a177a779c5dfb0c7a6ac0263b037")]
    [InlineData(SlotFormat.Jpeg, "a42e67c1b3696f7157e57d9310a6d232c53d32b0d5fbbd51b0f8e556caef6189")]
    [InlineData(SlotFormat.Png, "6428042ce8e463256146fda94321bf476d55c8b98897aa5abe0cf997433f7dca")]
    public void Crop_OfAKnownPhotograph_HasGoldenBytes(SlotFormat format, string sha256)
    {
        var crop = Crops.Good(KnownJpeg(), Eyes, new() { Format = format });
        var hash = Convert.ToHexStringLower(SHA256.HashData(crop));
        Assert.True(hash == sha256, $"The bytes of crops have changed ({hash}). If that is meant, raise FormatVersions.Pixel (now {FormatVersions.Pixel}) and renew the hashes.");
    }

    // Drawn by arithmetic and encoded by the product's own encoder, so that the file is the same everywhere.
    private static unsafe byte[] KnownJpeg()
    {
        const int side = 200;
        var pixels = new byte[3 * side * side];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)(128 + (60 * ((at / 3 % side / 16) + (at / 3 / side / 9) & 1)) - (at % 3 * 31) + (at * 7 % 11));
        var file = new ArrayBufferWriter<byte>();
        fixed (byte* first = pixels) SlotEncoder.Encode(new((nint)first, side, side, 3 * side), SlotFormat.Jpeg, 92, file);
        return file.WrittenSpan.ToArray();
    }
}
