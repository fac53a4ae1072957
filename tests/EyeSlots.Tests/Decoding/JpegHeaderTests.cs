using System.Buffers.Binary;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Decoding;

/// <summary>What the walk over a JPEG's segments refuses, each with its reason, and what it passes over as libjpeg does.</summary>
public sealed class JpegHeaderTests
{
    private const byte Frame = 0xC0, Scan = 0xDA, Comment = 0xFE, Tables = 0xC4;
    private static readonly double[] Eyes = DrawnEyes.At(120, 80, 70, 10);
    private static readonly byte[] Plain = Photograph();

    public static TheoryData<byte, string> Kinds => new()
    {
        { 0xC3, "it is lossless JPEG, which is not decoded" }, { 0xCB, "it is lossless JPEG, which is not decoded" },
        { 0xC5, "it is hierarchical JPEG, which is not decoded" }, { 0xC6, "it is hierarchical JPEG, which is not decoded" },
        { 0xC7, "it is hierarchical JPEG, which is not decoded" }, { 0xCD, "it is hierarchical JPEG, which is not decoded" },
        { 0xCE, "it is hierarchical JPEG, which is not decoded" }, { 0xCF, "it is hierarchical JPEG, which is not decoded" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Crop_KindOfFrameThatIsNotDecoded_IsRefusedOnPurpose(byte marker, string why) => AssertRefused(why, file =>
    {
        var at = file.Segments.FindIndex(segment => segment.Marker == Frame);
        file.Segments[at] = (marker, file.Segments[at].Body);
    });

    [Theory]
    [InlineData(0, 12, "it has 12 bits a sample, and only 8 are decoded")]
    [InlineData(0, 0, "it has 0 bits a sample, and only 8 are decoded")]
    [InlineData(5, 2, "its frame header has a wrong length")]
    [InlineData(7, 0x01, "a component has no sampling factor of 1 to 4")]
    [InlineData(7, 0x15, "a component has no sampling factor of 1 to 4")]
    [InlineData(10, 0xF1, "a component has no sampling factor of 1 to 4")]
    public void Crop_FieldOfTheFrame_IsRefusedWithItsReason(int at, byte value, string why) => AssertRefused(why, file => file[Frame][at] = value);

    [Theory]
    [InlineData(0, 240, "its height is 0, or stands behind its pixels, which is not decoded")]
    [InlineData(160, 0, "its width is 0")]
    [InlineData(65_501, 240, "a side is longer than 65500 pixels")]
    [InlineData(160, 65_535, "a side is longer than 65500 pixels")]
    public void Crop_SizeThatLibjpegRefuses_IsRefusedWithItsReason(int height, int width, string why) => AssertRefused(why, file =>
    {
        BinaryPrimitives.WriteUInt16BigEndian(file[Frame].AsSpan(1), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file[Frame].AsSpan(3), (ushort)width);
    });

    [Fact]
    public void Crop_TwoFrames_AreRefusedWhicheverIsLarger() => AssertRefused("it has two frame headers", file => file.Insert(Scan, (Frame, (byte[])file[Frame].Clone())));

    [Fact]
    public void Crop_SecondImageBetweenScans_IsRefused()
    {
        var file = JpegSegmentList.Of(DebianJpegTools.Scans(Plain, "0;\n1;\n2;\n"));
        var second = file.Pixels.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, Scan]);
        file.Pixels = [.. file.Pixels.AsSpan(0, second), .. JpegSegmentList.Bytes(Frame, file[Frame]), .. file.Pixels.AsSpan(second)];
        AssertRefused("a second image begins within it", file.ToArray());
    }

    [Fact]
    public void Crop_ScanBeforeAnyFrame_IsRefused() => AssertRefused("its pixels have no frame header", file => file.Segments.RemoveAll(segment => segment.Marker == Frame));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(255)]
    public void Crop_ScanOfAnotherNumberOfComponents_IsRefused(byte components) => AssertRefused("its scan header has a wrong length", file => file[Scan][0] = components);

    [Theory]
    [InlineData(0xDB, 0)]
    [InlineData(0xC4, 1)]
    [InlineData(0xC0, 0)]
    [InlineData(0xDA, 1)]
    public void Crop_SegmentShorterThanItsLength_IsRefused(byte marker, byte length)
    {
        var file = (byte[])Plain.Clone();
        var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);
        (file[at + 2], file[at + 3]) = (0, length);
        AssertRefused($"segment {marker:X2} has a length of {length}", file);
    }

    [Fact]
    public void Crop_SegmentBeyondTheFile_IsRefusedWhereverItStands()
    {
        foreach (var marker in (byte[])[0xE0, 0xDB, Frame, Tables, Scan])
        {
            var file = (byte[])Plain.Clone();
            var at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, marker]);
            BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(at + 2), ushort.MaxValue);
            AssertRefused($"segment {marker:X2} of 65535 bytes ends {at + 2 + 65_535 - file.Length} bytes behind the file", file);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Crop_CommentOrApplicationSegmentOfNoLength_IsPassedOver(byte length)
    {
        var crop = Crops.Good(Plain, Eyes);
        foreach (var marker in (byte[])[Comment, 0xE1, 0xED, 0xDC]) Assert.Equal(crop, Crops.Good([0xFF, 0xD8, 0xFF, marker, 0, length, .. Plain.AsSpan(2)], Eyes));
    }

    /// <summary>Some encoders give all components one id; every decoder takes them in their order.</summary>
    [Fact]
    public void Decode_ComponentsOfOneId_EqualsOpenCv()
    {
        var file = JpegSegmentList.Of(Plain);
        foreach (var at in (int[])[6, 9, 12]) file[Frame][at] = 7;
        foreach (var at in (int[])[1, 3, 5]) file[Scan][at] = 7;
        Assert.Equal(Decoded.ByOpenCv(file.ToArray()), Decoded.Whole(file.ToArray()));
    }

    [Fact]
    public void Crop_ScanForEachComponentBeyondMemory_IsTooLargeBeforeItIsDecoded()
    {
        using var image = Photographs.Cut(1200, 1000, 3);
        var scans = DebianJpegTools.Scans(Photographs.Jpeg(image), "0;\n1;\n2;\n");
        Assert.Equal("decoding does not fit into --memory", Crops.Rejected(RejectCode.ImageTooLarge, scans, Eyes, memory: 3 << 20));
    }

    private static byte[] Photograph()
    {
        using var image = Photographs.Cut(240, 160, 3);
        return Photographs.Jpeg(image);
    }

    private static void AssertRefused(string why, Action<JpegSegmentList> change)
    {
        var file = JpegSegmentList.Of(Plain);
        change(file);
        AssertRefused(why, file.ToArray());
    }

    private static void AssertRefused(string why, byte[] file) => Assert.Equal("the JPEG cannot be decoded: " + why, Crops.Rejected(RejectCode.ImageUnreadable, file, Eyes));
}
