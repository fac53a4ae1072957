using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>Every format but JPEG: the crop equals the crop of the pixels that were stored.</summary>
public sealed class OtherFormatTests
{
    private static readonly double[] Eyes = DrawnEyes.At(120, 80, 70, 10);

    [Theory]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".tiff")]
    [InlineData(".webp", 64, 101)]
    public void Crop_LosslessFormat_EqualsTheCropOfTheDrawnPixels(string extension, params int[] settings)
    {
        using var image = Photographs.Cut(240, 160, 2);
        Assert.Equal(Expected(image), Crops.Good(Photographs.Encode(image, extension, settings), Eyes));
    }

    [Fact]
    public void Crop_LossyWebP_EqualsTheCropOfAPlainDecode()
    {
        using var image = Photographs.Cut(240, 160, 2);
        AssertAsPlainDecode(Photographs.Encode(image, ".webp", 64, 60));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".tiff")]
    public void Crop_SixteenBits_AreScaledToEight(string extension)
    {
        using var image = Photographs.Cut(240, 160, 2);
        using var wide = new Mat();
        image.ConvertTo(wide, MatType.CV_16UC3, 256, 128);
        var file = Photographs.Encode(wide, extension);
        Assert.Equal(Expected(image), Crops.Good(file, Eyes));
        AssertAsPlainDecode(file);
    }

    [Fact]
    public void Crop_Alpha_IsDropped()
    {
        using var image = Photographs.Cut(240, 160, 2);
        using var alpha = image.CvtColor(ColorConversionCodes.BGR2BGRA);
        alpha[new Rect(0, 0, 120, 160)].SetTo(new Scalar(10, 200, 30, 0));
        using var opaque = alpha.CvtColor(ColorConversionCodes.BGRA2BGR);
        var file = Photographs.Encode(alpha, ".png");
        Assert.Equal(Expected(opaque), Crops.Good(file, Eyes));
        AssertAsPlainDecode(file);
    }

    [Fact]
    public void Crop_PalettePng_EqualsTheCropOfItsColours()
    {
        using var image = new Mat(160, 240, MatType.CV_8UC3);
        var file = DrawnPalettePng.Draw(240, 160, (x, y) => (byte)(((x * x) + (3 * y)) % 256), colour => (colour, (byte)(255 - colour), (byte)(colour / 2)));
        AssertAsPlainDecode(file);
        using var decoded = Cv2.ImDecode(file, ImreadModes.Color);
        Assert.Equal(new Vec3b(((3 * 5) + 49) / 2, 255 - 64, 64), decoded.At<Vec3b>(5, 7));
    }

    [Fact]
    public void Crop_GrayPng_EqualsTheCropOfTheDrawnPixels()
    {
        using var image = Photographs.Cut(240, 160, 2);
        using var gray = image.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var expanded = gray.CvtColor(ColorConversionCodes.GRAY2BGR);
        foreach (var extension in (string[])[".png", ".bmp", ".tiff"]) Assert.Equal(Expected(expanded), Crops.Good(Photographs.Encode(gray, extension), Eyes));
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
    public void Crop_TiffWithOrientation_ComesOutAsStored(int orientation)
    {
        using var image = Photographs.Cut(240, 160, 2);
        var file = DrawnTiff.Rgb(Decoded.Bytes(image), 240, 160, orientation);
        Assert.Equal(Expected(image), Crops.Good(file, Eyes));
    }

    /// <summary>zlib's sum tells damage from pixels; libtiff stops before it, and OpenCV passed over what libtiff did say.</summary>
    [Theory]
    [InlineData(".png")]
    [InlineData(".tiff", 259, 8)] // Deflate
    [InlineData(".tiff", 259, 32946)]
    public void Crop_OneBitTurnedInDeflatedPixels_NeverGivesAnotherCrop(string extension, params int[] settings)
    {
        using var image = Photographs.Cut(240, 160, 2);
        var file = Photographs.Encode(image, extension, settings);
        var (whole, random, refused) = (Crops.Good(file, Eyes), new Random(9), 0);
        for (var i = 0; i < LongRun.Count(200, 5_000); i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[random.Next(file.Length / 4, file.Length / 2)] ^= (byte)(1 << random.Next(8));
            var (result, crop) = Crops.Cut(damaged, Eyes);
            if (result.Rejection is null) Assert.Equal(whole, crop);
            else refused++;
        }

        Assert.True(refused > 0);
    }

    /// <summary>PNG and colours of TIFF are rounded, gray of TIFF is cut: what libpng and libtiff make of 16 bits, and OpenCV with them.</summary>
    [Theory]
    [InlineData(".png", 3, true)]
    [InlineData(".png", 1, true)]
    [InlineData(".tiff", 3, true)]
    [InlineData(".tiff", 1, false)]
    public void Crop_SixteenBits_AreRoundedOrCut(string extension, int channels, bool rounded)
    {
        using var wide = new Mat(160, 240, channels == 3 ? MatType.CV_16UC3 : MatType.CV_16UC1);
        Cv2.Randu(wide, Scalar.All(0), Scalar.All(65_536));
        using var narrow = new Mat();
        wide.ConvertTo(narrow, channels == 3 ? MatType.CV_8UC3 : MatType.CV_8UC1, rounded ? 1 / 257.0 : 1 / 256.0, rounded ? 0 : -0.5 + (1 / 512.0));
        using var colours = channels == 3 ? narrow.Clone() : narrow.CvtColor(ColorConversionCodes.GRAY2BGR);
        Assert.Equal(Expected(colours), Crops.Good(Photographs.Encode(wide, extension), Eyes));
    }

    private static byte[] Expected(Mat image) => Crops.Good(Photographs.Encode(image, ".bmp"), Eyes);

    private static void AssertAsPlainDecode(byte[] file)
    {
        using var decoded = Cv2.ImDecode(file, ImreadModes.Color | ImreadModes.IgnoreOrientation);
        Assert.Equal(Expected(decoded), Crops.Good(file, Eyes));
    }
}
