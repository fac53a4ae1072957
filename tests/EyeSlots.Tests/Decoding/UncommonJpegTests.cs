using EyeSlots.Core.Geometry;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>Kinds of JPEG that OpenCV's encoder does not write.</summary>
public sealed class UncommonJpegTests
{
    private const string OneScanForEachComponent = "0;\n1;\n2;\n";

    public static TheoryData<string> Kinds => new("-arithmetic", "-arithmetic -progressive", "-rgb", "-grayscale -arithmetic", "-sample 2x1 -restart 1",
        "-sample 1x2", "-sample 4x1 -progressive", "-sample 4x2", "-sample 1x4", "-sample 2x4", "-sample 2x2,1x2,1x2", "-restart 5B", "-dct float", "-baseline -quality 5",
        "-sample 2x2 -arithmetic -restart 1");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Decode_UncommonJpeg_EqualsAFullDecodeAndOpenCv(string arguments)
    {
        using var image = Photographs.Cut(331, 257, 5);
        AssertDecodes(DebianJpegTools.Cjpeg(image, arguments.Split(' ')));
    }

    [Theory]
    [InlineData(Sampling.S420)]
    [InlineData(Sampling.S444)]
    public void Decode_BaselineInOneScanForEachComponent_EqualsAFullDecodeAndOpenCv(Sampling sampling)
    {
        using var image = Photographs.Cut(331, 257, 6);
        AssertDecodes(DebianJpegTools.Scans(Photographs.Jpeg(image, sampling), OneScanForEachComponent));
    }

    [Fact]
    public void Crop_CmykJpeg_EqualsTheCropOfAPlainOpenCvDecode()
    {
        var file = HandMadeJpeg.Cmyk(30, 20, (ink, x, y) => (byte)((40 * ink) + (3 * x) + (7 * y)));
        Assert.Equal(4, Decoded.Header(file).Components);
        using var image = Cv2.ImDecode(file, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        Assert.Equal(new Size(240, 160), image.Size());
        var eyes = DrawnEyes.At(120, 80, 60, 12);
        var crop = Crops.Good(file, eyes);
        Assert.Equal(Crops.Good(Photographs.Encode(image, ".png"), eyes), crop);
        Assert.True(crop.Distinct().Count() > 20, "The crop shows no picture.");
    }

    [Fact]
    public void Decode_ExifOrientation_IsIgnored()
    {
        using var image = Photographs.Cut(200, 120, 8);
        var plain = Photographs.Jpeg(image);
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        byte[] turned = [.. plain.AsSpan(0, 2), .. exif, .. plain.AsSpan(2)];
        using var byTag = Cv2.ImDecode(turned, ImreadModes.Color);
        Assert.Equal(new Size(120, 200), byTag.Size());
        var eyes = DrawnEyes.At(100, 60, 50, 0);
        Assert.Equal(Crops.Good(plain, eyes), Crops.Good(turned, eyes));
    }

    private static void AssertDecodes(byte[] file)
    {
        var whole = Decoded.Whole(file);
        Assert.Equal(Decoded.ByOpenCv(file), whole);
        foreach (var (x, y) in ((int, int)[])[(0, 0), (96, 70), (170, 3), (3, 127), (201, 147)])
        {
            var padded = Decoded.Region(file, new(x, y, 130, 110));
            var inner = new PixelRegion(4, 4, 122, 102);
            Assert.Equal(Decoded.Part(whole, 331, inner with { X = x + 4, Y = y + 4 }), Decoded.Part(padded, 130, inner));
        }
    }
}
