using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>CMYK and YCCK, decoded by the region beside a full decode by OpenCV, bit for bit.</summary>
public sealed class InkJpegTests
{
    private static readonly Size Size = new(331, 257);

    private static readonly (int[] Across, int[] Down)[] Samplings =
    [
        ([1, 1, 1, 1], [1, 1, 1, 1]), ([2, 1, 1, 2], [2, 1, 1, 2]), ([2, 1, 1, 2], [1, 1, 1, 1]), ([1, 1, 1, 1], [2, 1, 1, 2]), ([1, 1, 1, 1], [1, 1, 1, 2]),
    ];

    public static TheoryData<InkMarker, string?> Files => new()
    {
        { InkMarker.None, null }, { InkMarker.Cmyk, null }, { InkMarker.Ycck, null }, { InkMarker.Cmyk, "-optimize" }, { InkMarker.Ycck, "-optimize" },
        { InkMarker.Cmyk, "-progressive" }, { InkMarker.Ycck, "-progressive" }, { InkMarker.Ycck, "-restart 3" }, { InkMarker.Ycck, "-arithmetic" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Decode_FourComponents_EqualsOpenCvInEveryRegion(InkMarker marker, string? rewriting)
    {
        for (var i = 0; i < Samplings.Length; i++)
        {
            var drawn = InkJpeg.Draw(Size, marker, Samplings[i].Across, Samplings[i].Down, 10 * i);
            var file = rewriting is null ? drawn : DebianJpegTools.Jpegtran(drawn, ["-copy", "all", .. rewriting.Split(' ')]);
            Assert.Equal(4, Decoded.Header(file).Components);
            var whole = Decoded.ByOpenCv(file);
            Assert.True(whole.AsSpan().SequenceEqual(Decoded.Whole(file)), $"sampling {i}: the full decode differs from OpenCV's");
            foreach (var (x, y) in ((int, int)[])[(0, 0), (96, 70), (170, 3), (3, 127), (201, 147)])
            {
                var inner = new PixelRegion(2, 2, 126, 106);
                var region = Decoded.Part(Decoded.Region(file, new(x, y, 130, 110)), 130, inner);
                Assert.True(region.AsSpan().SequenceEqual(Decoded.Part(whole, Size.Width, inner with { X = x + 2, Y = y + 2 })), $"sampling {i}, region at {x}, {y}");
            }
        }
    }

    [Fact]
    public void Crop_FourComponents_IsThatOfOpenCvsPixels()
    {
        var file = DebianJpegTools.Jpegtran(InkJpeg.Draw(Size, InkMarker.Ycck, [2, 1, 1, 2], [2, 1, 1, 2], 5), "-copy", "all", "-optimize");
        using var image = Cv2.ImDecode(file, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        var eyes = DrawnEyes.At(160, 120, 70, 12);
        Assert.Equal(Crops.Good(Photographs.Encode(image, ".png"), eyes), Crops.Good(file, eyes));
    }

    [Fact]
    public void Crop_FourComponentsCutAboveTheSlotsEnd_IsUnreadable()
    {
        var file = DebianJpegTools.Jpegtran(InkJpeg.Draw(Size, InkMarker.Cmyk, [1, 1, 1, 1], [1, 1, 1, 1], 5), "-copy", "all", "-optimize");
        foreach (var share in (double[])[0.2, 0.4]) Crops.Rejected(RejectCode.ImageUnreadable, file[..(int)(share * file.Length)], DrawnEyes.At(160, 120, 70, 12));
    }

    [Fact]
    public void Crop_FourComponentsInSeveralScansBeyondMemory_AreTooLargeThoughARegionOfOneScanIsNot()
    {
        var eyes = DrawnEyes.At(160, 120, 70, 12);
        var scans = InkJpeg.Draw(new(1200, 1000), InkMarker.Ycck, [1, 1, 1, 1], [1, 1, 1, 1], 5);
        Assert.Equal("decoding does not fit into --memory", Crops.Rejected(RejectCode.ImageTooLarge, scans, eyes, memory: 8 << 20));
        Assert.Null(Crops.Cut(DebianJpegTools.Jpegtran(scans, "-optimize"), eyes, memory: 8 << 20).Result.Rejection);
    }
}
