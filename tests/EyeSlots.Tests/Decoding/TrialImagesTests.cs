using System.Buffers.Binary;
using EyeSlots.Core.Annotations;
using EyeSlots.Integration.Tests;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Decoding;

/// <summary>Files of the trials that a decoder was once handed unchecked, all formats but JPEG.</summary>
public sealed class TrialImagesTests
{
    private static readonly double[] Eyes = DrawnEyes.At(32, 32, 20, 5);

    [Theory]
    [InlineData("lzma.tif", "compression 34925")]
    [InlineData("chunk-length.png", "a chunk is longer than the file")]
    [InlineData("planar-lzw-cut.tif", "a strip or tile does not lie within the file")]
    public void Crop_FileThatNoDecoderMaySee_IsUnreadable(string name, string why) =>
        Assert.Contains(why, Crops.Rejected(RejectCode.ImageUnreadable, Read(name), Eyes), StringComparison.Ordinal);

    [Fact]
    public void Crop_StripThatLibtiffReportsDamaged_IsUnreadable()
    {
        var whole = Crops.Cut(Read("reference.tif"), Whole("reference.tif"));
        Assert.Null(whole.Result.Rejection);
        Crops.Rejected(RejectCode.ImageUnreadable, Read("lzw-one-bit.tif"), Whole("lzw-one-bit.tif"));
        Crops.Good(Read("planar-lzw.tif"), Eyes);
    }

    [Theory]
    [InlineData("apng-empty-fdat.png")]
    [InlineData("apng-default-image.png")]
    public void Crop_AnimatedPng_IsThatOfTheStoredImage(string name) => Assert.Equal(Crops.Good(WithoutAnimation(Read(name)), Eyes), Crops.Good(Read(name), Eyes));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Crop_TilesWithOrientation_AreThoseWithout(int orientation) =>
        Assert.Equal(Crops.Good(Read("tiled-o1.tif"), Eyes), Crops.Good(Read($"tiled-o{orientation}.tif"), Eyes));

    [Theory]
    [InlineData("imagemagick-default.bmp", "imagemagick-default.png")]
    [InlineData("imagemagick-refused.bmp", "imagemagick-refused.png")]
    [InlineData("rgba-half.tif", "rgba-half.png")]
    public void Crop_FileBesideItsPng_HasItsPixels(string name, string png) => Assert.Equal(Crops.Good(Read(png), Whole(png)), Crops.Good(Read(name), Whole(png)));

    [Fact]
    public void Crop_OrientationOfAnotherType_IsCut() => Crops.Good(Read("orientation-byte.tif"), Whole("orientation-byte.tif"));

    // A slot over all of the image.
    private static double[] Whole(string name)
    {
        var header = Decoded.Header(Read(name));
        return DrawnEyes.Box(-0.5, -0.5, header.Width - 0.5, header.Height - 0.5);
    }

    private static byte[] WithoutAnimation(byte[] png)
    {
        List<byte> still = [.. png.AsSpan(0, 8)];
        for (var at = 8; at < png.Length;)
        {
            var length = 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png[at + 4] is (byte)'I' or (byte)'P') still.AddRange(png.AsSpan(at, length));
            at += length;
        }

        return [.. still];
    }

    private static byte[] Read(string name) => File.ReadAllBytes(SharedFolder.File("trials", "images", name));
}
