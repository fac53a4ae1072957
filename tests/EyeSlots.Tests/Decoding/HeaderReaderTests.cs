using System.Buffers.Binary;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Decoding;

/// <summary>Width and height of every format by its header alone, and headers that lie or end.</summary>
public sealed class HeaderReaderTests
{
    [Theory]
    [InlineData(".jpg", ImageFormat.Jpeg)]
    [InlineData(".png", ImageFormat.Png)]
    [InlineData(".bmp", ImageFormat.Bmp)]
    [InlineData(".tiff", ImageFormat.Tiff)]
    [InlineData(".webp", ImageFormat.WebP)]
    public void TryRead_EncodedImage_GivesItsFormatAndSizeWhateverItsName(string extension, ImageFormat format)
    {
        using var image = Photographs.Cut(203, 117, 1);
        var file = Photographs.Encode(image, extension);
        Assert.Equal((format, 203, 117), Known(file));
        for (var length = 0; length < Math.Min(file.Length, 64); length++) HeaderReader.TryRead(file.AsSpan(0, length), out _, out _); // must not throw
    }

    [Theory]
    [InlineData(80, "VP8 ")]
    [InlineData(101, "VP8L")]
    public void TryRead_WebPOfBothKinds_GivesItsSize(int quality, string chunk)
    {
        using var image = Photographs.Cut(203, 117, 1);
        var file = Photographs.Encode(image, ".webp", 64, quality);
        Assert.True(file.AsSpan(12, 4).SequenceEqual(System.Text.Encoding.ASCII.GetBytes(chunk)));
        Assert.Equal((ImageFormat.WebP, 203, 117), Known(file));
        byte[] extended = [.. "RIFF"u8, .. Little(file.Length - 8 + 18), .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 202, 0, 0, 116, 0, 0, .. file.AsSpan(12)];
        Assert.Equal((ImageFormat.WebP, 203, 117), Known(extended));
        extended[24]--;
        Assert.Equal("the WEBP cannot be decoded: its image has another size than its canvas", Refused(extended));
    }

    [Theory]
    [InlineData(0xC0, 1, false)]
    [InlineData(0xC1, 3, false)]
    [InlineData(0xC2, 3, true)]
    [InlineData(0xC9, 4, false)]
    [InlineData(0xCA, 3, true)]
    public void TryRead_JpegFrame_GivesItsKind(byte marker, int components, bool several)
    {
        var header = Decoded.Header(HandMadeJpeg.HeaderOnly(321, 65, components, marker));
        Assert.Equal((321, 65, components, several), (header.Width, header.Height, header.Components, header.HasSeveralScans));
        Assert.Equal(41 * 9 * 128 * components, header.CoefficientBytes);
    }

    [Fact]
    public void TryRead_BytesBetweenJpegSegments_AreSkipped()
    {
        var file = HandMadeJpeg.HeaderOnly(64, 48);
        byte[] padded = [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 0xFF, 0xC0, 0x11, 0x22, 0xFF, 0xFF, 0xFF, .. file.AsSpan(3)];
        Assert.Equal((ImageFormat.Jpeg, 64, 48), Known(padded));
    }

    [Fact]
    public void TryRead_BmpOfBothKinds_GivesItsSize()
    {
        var windows = new byte[54 + (92 * 20)];
        (windows[0], windows[1], windows[10], windows[14], windows[28]) = ((byte)'B', (byte)'M', 54, 40, 24);
        BinaryPrimitives.WriteInt32LittleEndian(windows.AsSpan(18), 30);
        BinaryPrimitives.WriteInt32LittleEndian(windows.AsSpan(22), -20); // rows top down
        Assert.Equal((ImageFormat.Bmp, 30, 20), Known(windows));
        var os2 = new byte[26 + (92 * 20)];
        (os2[0], os2[1], os2[10], os2[14], os2[18], os2[20], os2[24]) = ((byte)'B', (byte)'M', 26, 12, 30, 20, 24);
        Assert.Equal((ImageFormat.Bmp, 30, 20), Known(os2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryRead_TiffOfEitherByteOrder_GivesItsSize(bool little)
    {
        var header = Decoded.Header(DrawnTiff.Rgb(new byte[3 * 40 * 30], 40, 30, 6, little));
        Assert.Equal((ImageFormat.Tiff, 40, 30, new PixelSize(40, 30)), (header.Format, header.Width, header.Height, header.Block));
    }

    /// <summary>libtiff takes the first of two equal tags, Pillow the last; 64-bit values lie elsewhere: a bomb must not hide behind either.</summary>
    [Fact]
    public void TryRead_TiffWithATagTwiceOrOfAnOddType_IsRefused()
    {
        var twice = new DrawnTiff(true) { Tags = { (256, 4, 60_000), (256, 4, 10), (257, 4, 60_000), (257, 4, 10) } }.ToArray();
        Assert.Equal("the TIFF cannot be decoded: it has the tag 256 twice", Refused(twice));
        var elsewhere = new DrawnTiff(true) { Tags = { (256, 16, 40), (257, 4, 30) } }.ToArray();
        Assert.Equal("the TIFF cannot be decoded: a value does not lie within the file", Refused(elsewhere));
    }

    public static TheoryData<byte[]> Broken => new(
        [], [0xFF], "GIF89a.............................."u8.ToArray(), "<html>this is no image</html>....................."u8.ToArray(), [0xFF, 0xD8, 0xFF, 0xD9, 0, 0],
        [0xFF, 0xD8, 0xFF, 0xDA, 0, 8], [0xFF, 0xD8, 0xFF, 0xDB, 0, 1], HandMadeJpeg.HeaderOnly(0, 5), HandMadeJpeg.HeaderOnly(5, 0), HandMadeJpeg.HeaderOnly(5, 5, 2), HandMadeJpeg.HeaderOnly(5, 5, 5),
        HandMadeJpeg.HeaderOnly(5, 5, 0), "II*\0\xFF\xFF\xFF\xFF"u8.ToArray(), new DrawnTiff(true) { Tags = { (256, 4, 10) } }.ToArray(),
        [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP9 "u8, .. new byte[20]], [0x89, .. "PNG\r\n\x1A\n"u8, .. new byte[30]]);

    [Theory]
    [MemberData(nameof(Broken))]
    public void TryRead_UnknownOrBrokenHeader_IsRefusedWithAReason(byte[] file)
    {
        Assert.False(HeaderReader.TryRead(file, out _, out var why));
        Assert.NotNull(why);
    }

    private static string? Refused(byte[] file)
    {
        Assert.False(HeaderReader.TryRead(file, out _, out var why));
        return why;
    }

    private static byte[] Little(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static (ImageFormat Format, int Width, int Height) Known(byte[] file)
    {
        var header = Decoded.Header(file);
        return (header.Format, header.Width, header.Height);
    }
}
