using EyeSlots.Core.Geometry;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>
/// Progressive files whose last scans were never sent, but which end properly. What is stored are coefficients, missing ones being zero;
/// a sequential file of the same coefficients (jpegtran) tells their pixels without libjpeg's smoothing of blocks, by OpenCV's full decode.
/// </summary>
public sealed class IncompleteProgressiveTests
{
    private const int Width = 331, Height = 257;

    public static TheoryData<string> Scripts => new(
        "0,1,2: 0-0, 0, 0;",
        "0,1,2: 0-0, 0, 1;",
        "0,1,2: 0-0, 0, 1;\n0: 1-5, 0, 2;",
        "0,1,2: 0-0, 0, 1;\n0: 1-5, 0, 2;\n2: 1-63, 0, 1;\n1: 1-63, 0, 1;\n0: 6-63, 0, 2;",
        "0: 0-0, 0, 0;\n1: 0-0, 0, 0;\n2: 0-0, 0, 0;\n0: 1-9, 0, 0;");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Decode_ScansNeverSent_EqualsAFullDecodeOfTheStoredCoefficients(string script)
    {
        foreach (var sampling in (Sampling[])[Sampling.S420, Sampling.S444, Sampling.S422])
        {
            using var image = Photographs.Cut(Width, Height, 9);
            var file = DebianJpegTools.Scans(Photographs.Jpeg(image, sampling), script + "\n");
            var whole = Decoded.ByOpenCv(DebianJpegTools.Jpegtran(file, "-optimize"));
            Assert.True(whole.AsSpan().SequenceEqual(Decoded.Whole(file)), $"{sampling}: the full decode");
            foreach (var (x, y) in ((int, int)[])[(0, 0), (96, 70), (170, 3), (3, 127), (201, 147)])
            {
                var inner = new PixelRegion(2, 2, 126, 106);
                var region = Decoded.Part(Decoded.Region(file, new(x, y, 130, 110)), 130, inner);
                Assert.True(region.AsSpan().SequenceEqual(Decoded.Part(whole, Width, inner with { X = x + 2, Y = y + 2 })), $"{sampling}: the region at {x}, {y}");
            }
        }
    }

    [Fact]
    public void Crop_ScansNeverSent_IsThatOfTheSequentialFileAndNotOfSmoothedBlocks()
    {
        using var image = Photographs.Cut(Width, Height, 9);
        var file = DebianJpegTools.Scans(Photographs.Jpeg(image), "0,1,2: 0-0, 0, 1;\n0: 1-5, 0, 2;\n");
        var eyes = DrawnEyes.At(160, 120, 60, 12);
        var crop = Crops.Good(file, eyes);
        Assert.Equal(Crops.Good(DebianJpegTools.Jpegtran(file, "-optimize"), eyes), crop);
        using var smoothed = Cv2.ImDecode(file, ImreadModes.Color);
        Assert.NotEqual(Crops.Good(Photographs.Encode(smoothed, ".png"), eyes), crop);
    }
}
