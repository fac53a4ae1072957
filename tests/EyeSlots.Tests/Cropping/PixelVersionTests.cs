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
    [InlineData(SlotFormat.Raw, "d6a1511051c4cb83668ea3f73c1b126f7981de5ff3ec46b3722f22bedb38f16d")]
    [InlineData(SlotFormat.Jpeg, "c59c9583dc5f38dc8e3789c723c98492a9942a1da74c8d3a76c6dd25839db467")]
    [InlineData(SlotFormat.Png, "849ea22bed21f6c719f470c25f0a60490e6b285b819a34c33cca6e28d5366c69")]
    public void Crop_OfAKnownPhotograph_HasGoldenBytes(SlotFormat format, string sha256)
    {
        var crop = Crops.Good(KnownJpeg(), Eyes, new() { Format = format });
        var hash = Convert.ToHexStringLower(SHA256.HashData(crop));
        Assert.True(hash == sha256, $"The bytes of crops have changed ({hash}). If that is meant, raise FormatVersions.Pixel (now {FormatVersions.Pixel}) and renew the hashes.");
    }

    // Drawn by arithmetic and encoded by the product's own encoder, so that the file is the same everywhere.
    private static byte[] KnownJpeg()
    {
        const int side = 200;
        var pixels = new byte[3 * side * side];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)(128 + (60 * ((at / 3 % side / 16) + (at / 3 / side / 9) & 1)) - (at % 3 * 31) + (at * 7 % 11));
        var file = new ArrayBufferWriter<byte>();
        SlotEncoder.Encode(new(pixels, new(side, side)), SlotFormat.Jpeg, 92, file);
        return file.WrittenSpan.ToArray();
    }
}
