using System.Buffers.Binary;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;
using OpenCvSharp;

namespace EyeSlots.Tests.Decoding;

/// <summary>Files that never reach a decoder, or that it gives up: the code of each, in the order in which they are judged.</summary>
public sealed class RefusedImageTests
{
    private static readonly double[] Eyes = DrawnEyes.At(120, 80, 70, 10);

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "JPEG", HandMadeJpeg.HeaderOnly(65_500, 65_500) },
        { "progressive JPEG", HandMadeJpeg.HeaderOnly(65_500, 65_500, 3, 0xC2) },
        { "CMYK JPEG", HandMadeJpeg.HeaderOnly(65_500, 65_500, 4) },
        { "PNG", DrawnPalettePng.HeaderOnly(int.MaxValue, int.MaxValue) },
        { "PNG just above the limit", DrawnPalettePng.HeaderOnly(10_000, 10_001) },
        { "TIFF", Tiff(20_000, 10_000) },
        { "BMP of run lengths", Bmp(1_000_000, 1_000_000) },
        { "WebP", [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8 "u8, 10, 0, 0, 0, 0, 0, 0, 0x9D, 0x01, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F] },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Crop_HeaderOfAHugeImage_IsTooLargeBeforeAnythingIsAllocated(string kind, byte[] file)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Contains("pixels are more than 100000000", Crops.Rejected(RejectCode.ImageTooLarge, file, Eyes), StringComparison.Ordinal);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds < 1, $"{kind}: took too long to refuse.");
    }

    [Theory]
    [InlineData(".tiff", 278, 500)] // rows of a strip
    [InlineData(".webp", 64, 80)] // quality: lossy
    public void Crop_WholeStripOrFrameBeyondMemory_IsTooLarge(string extension, params int[] settings)
    {
        using var image = Photographs.Cut(600, 500, 3);
        var file = Photographs.Encode(image, extension, settings);
        Assert.Null(Crops.Cut(file, Eyes, memory: 8 << 20).Result.Rejection);
        Assert.Equal("decoding does not fit into --memory", Crops.Rejected(RejectCode.ImageTooLarge, file, Eyes, memory: 2 << 20));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".bmp")]
    public void Crop_FormatOfRows_TakesTheMemoryOfTheSlotsRows(string extension)
    {
        using var image = Photographs.Cut(1800, 1800, 3);
        Assert.Null(Crops.Cut(Photographs.Encode(image, extension), Eyes, memory: 1 << 20).Result.Rejection);
    }

    [Fact]
    public void Crop_CoefficientsBeyondMemory_AreTooLargeThoughARegionOfABaselineIsNot()
    {
        using var image = Photographs.Cut(1200, 1000, 3);
        Crops.Rejected(RejectCode.ImageTooLarge, Photographs.Jpeg(image, Sampling.S444, progressive: true), Eyes, memory: 3 << 20);
        Crops.Rejected(RejectCode.ImageTooLarge, DebianJpegTools.Scans(Photographs.Jpeg(image), "0;\n1;\n2;\n"), Eyes, memory: 3 << 20);
        Assert.Null(Crops.Cut(Photographs.Jpeg(image), Eyes, memory: 3 << 20).Result.Rejection);
    }

    [Fact]
    public void Crop_MorePixelsThanAllowed_IsTooLarge()
    {
        using var image = Photographs.Cut(240, 160, 3);
        var file = Photographs.Jpeg(image);
        Crops.Rejected(RejectCode.ImageTooLarge, file, Eyes, Crops.Raw with { MaxPixels = (240 * 160) - 1 });
        Crops.Good(file, Eyes, Crops.Raw with { MaxPixels = 240 * 160 });
    }

    [Fact]
    public void Crop_NoBytes_IsEmpty() => Crops.Rejected(RejectCode.ImageEmpty, [], Eyes);

    [Fact]
    public void Crop_UnknownSignature_IsUnreadable() =>
        Assert.Equal("no known signature", Crops.Rejected(RejectCode.ImageUnreadable, "<html>404</html>"u8.ToArray(), Eyes));

    [Fact]
    public void Crop_LandmarksAndFileBothWrong_NamesTheFirstCode()
    {
        Crops.Rejected(RejectCode.LandmarksInvalid, [], new double[46]);
        Crops.Rejected(RejectCode.ImageTooLarge, HandMadeJpeg.HeaderOnly(65_500, 65_500), DrawnEyes.At(-9000, 0, 70, 0));
        Crops.Rejected(RejectCode.SlotOutside, HandMadeJpeg.HeaderOnly(240, 160), DrawnEyes.At(-9000, 0, 70, 0)); // its pixels are missing too
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".bmp")]
    [InlineData(".webp")]
    [InlineData(".tiff")]
    public void Crop_OtherFormatCutShort_IsUnreadableOrTheSlotIsRight(string extension)
    {
        using var image = Photographs.Cut(240, 160, 4);
        var file = Photographs.Encode(image, extension);
        foreach (var share in (double[])[0.05, 0.3, 0.6, 0.8]) Crops.Rejected(RejectCode.ImageUnreadable, file[..(int)(file.Length * share)], Eyes);
    }

    /// <summary>Landmarks that span a slot larger than any decoder or encoder takes must not stop the job.</summary>
    [Theory]
    [InlineData(SlotFormat.Jpeg, 40_000, 8)]
    [InlineData(SlotFormat.Jpeg, 60_000, 8_000)]
    [InlineData(SlotFormat.Png, 8_000, 60_000)]
    [InlineData(SlotFormat.Raw, 1_900_000, 1_900_000)]
    [InlineData(SlotFormat.Jpeg, 30_000, 20_000)]
    public void Crop_MonstrousSlot_IsTooLarge(SlotFormat format, double width, double height)
    {
        using var image = Photographs.Cut(240, 160, 4);
        var eyes = DrawnEyes.Box(-width / 2, -height / 2, width / 2, height / 2);
        Crops.Rejected(RejectCode.ImageTooLarge, Photographs.Jpeg(image), eyes, new JobParameters { Format = format, MinCoverage = 0 }, 64L << 30);
    }

    [Fact]
    public void Crop_SlotAtTheLimitOfTheWarp_IsCutAndOneBeyondIsTooLarge()
    {
        var pixels = Enumerable.Range(0, 40 * 50_000).Select(at => at % 50_000).SelectMany(x => new[] { (byte)(x % 251), (byte)(x / 251), (byte)(x % 7) });
        using var image = Mat.FromPixelData(40, 50_000, MatType.CV_8UC3, pixels.ToArray());
        var file = Photographs.Encode(image, ".bmp");
        var parameters = Crops.Raw with { Slot = new(GrowX: 0, GrowY: 0) };
        const int Width = 32_760, Left = 9001;
        var row = Enumerable.Range(Left, Width).SelectMany(x => new[] { (byte)(x % 7), (byte)(x / 251), (byte)(x % 251) }).ToArray();
        var crop = Crops.Good(file, Long(Left - 0.5, Width), parameters);
        Assert.Equal(row.Length * 30, crop.Length);
        Assert.Equal(row, crop[..row.Length]);
        Assert.Equal(row, crop[^row.Length..]);
        Crops.Rejected(RejectCode.ImageTooLarge, file, Long(Left - 0.5, Width + 10), parameters);
    }

    // A box of 30 rows with all other points inside.
    private static double[] Long(double left, double width)
    {
        var eyes = DrawnEyes.Box(left, 0.5, left + width, 30.5);
        for (var i = 4; i < 23; i++) (eyes[2 * i], eyes[(2 * i) + 1]) = (left + (width * (i > 16 ? 0.7 : 0.2)), 10);
        return eyes;
    }

    private static byte[] Bmp(int width, int height)
    {
        const int RunLengths = 1;
        var file = new byte[54 + 1024];
        (file[0], file[1], file[14], file[28], file[30]) = ((byte)'B', (byte)'M', 40, 8, RunLengths);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        return file;
    }

    // One strip of one byte, packed by LZW.
    private static byte[] Tiff(uint width, uint height) => new DrawnTiff(true)
    {
        Tags = { (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 5), (262, 3, 1), (273, 4, 8), (279, 4, 1) },
    }.ToArray();
}
