using System.Diagnostics;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Cropping;

/// <summary>Every format gives the crop that its own pixels give when stored without loss.</summary>
public sealed class FormatTests
{
    private const int Side = 160;
    private static readonly double[] Eyes = DrawnEyes.At(80, 78, 45, 23);

    public static TheoryData<string, int[]> Encodings => new()
    {
        { ".png", [] }, { ".bmp", [] }, { ".tiff", [] }, { ".webp", [(int)ImwriteFlags.WebPQuality, 70] }, { ".webp", [(int)ImwriteFlags.WebPQuality, 101] }, { ".jpg", [] },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Crop_OfEachFormat_IsThatOfItsOwnPixels(string extension, int[] settings)
    {
        using var image = Photographs.Cut(Side, Side, 3);
        AssertLikeItsPixels(Photographs.Encode(image, extension, settings));
    }

    [Theory]
    [InlineData("CV_8UC1")]
    [InlineData("CV_8UC4")]
    [InlineData("CV_16UC3")]
    [InlineData("CV_16UC1")]
    public void Crop_OfGrayAlphaAnd16BitPng_IsThatOfItsOwnPixels(string type)
    {
        using var image = Photographs.Cut(Side, Side, 4);
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var alpha = image.CvtColor(ColorConversionCodes.BGR2BGRA);
        using var deep = new Mat();
        (type == "CV_16UC1" ? gray : image).ConvertTo(deep, MatType.CV_16U, 257);
        AssertLikeItsPixels(Photographs.Encode(type switch { "CV_8UC1" => gray, "CV_8UC4" => alpha, _ => deep }, ".png"));
    }

    [Fact]
    public void Crop_OfPalettePng_HasThePalettesColours()
    {
        var palette = new byte[768];
        new Random(1).NextBytes(palette);
        var file = HandMade.PalettePng(Side, palette);
        Assert.Equal([palette[(10 + 20) * 3 + 2], palette[(10 + 20) * 3 + 1], palette[(10 + 20) * 3]], Decoded.ByOpenCv(file).AsSpan(3 * ((20 * Side) + 10), 3));
        AssertLikeItsPixels(file);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Crop_OfTurnedTiff_IgnoresTheOrientation(int orientation)
    {
        using var image = Photographs.Cut(Side, 120, 5);
        using var rgb = image.CvtColor(ColorConversionCodes.BGR2RGB);
        var file = HandMade.Tiff(Side, 120, Decoded.Bytes(rgb), (ushort)orientation);
        Assert.Equal(Crops.Good(Photographs.Encode(image, ".png"), Eyes), Crops.Good(file, Eyes));
    }

    [Fact]
    public void Crop_OfCmykJpeg_IsOneColour()
    {
        var file = HandMade.CmykJpeg(Side, [200, 100, 50, 220]);
        AssertLikeItsPixels(file);
        var crop = Crops.Good(file, Eyes);
        Assert.Single(crop.Chunk(3).Select(pixel => (pixel[0], pixel[1], pixel[2])).Distinct());
    }

    [Fact]
    public void Crop_OfArithmeticCodedJpeg_IsThatOfTheHuffmanCodedOne()
    {
        using var image = Photographs.Cut(Side, Side, 6);
        var huffman = Photographs.Jpeg(image);
        var arithmetic = JpegTran(huffman, "-arithmetic");
        Assert.NotEqual(huffman, arithmetic);
        Assert.Equal(Crops.Good(huffman, Eyes), Crops.Good(arithmetic, Eyes));
    }

    private static void AssertLikeItsPixels(byte[] file)
    {
        using var image = Mat.FromPixelData(Side, Side, MatType.CV_8UC3, Decoded.ByOpenCv(file));
        Assert.Equal(Crops.Good(Photographs.Encode(image, ".png"), Eyes), Crops.Good(file, Eyes));
    }

    private static byte[] JpegTran(byte[] file, params string[] arguments)
    {
        var (from, to) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            File.WriteAllBytes(from, file);
            using var process = Process.Start("jpegtran", [.. arguments, "-outfile", to, from]);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return File.ReadAllBytes(to);
        }
        finally
        {
            File.Delete(from);
            File.Delete(to);
        }
    }
}
