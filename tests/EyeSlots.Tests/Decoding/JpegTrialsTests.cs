using System.Buffers.Binary;
using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;
using EyeSlots.Integration.Tests;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Decoding;

/// <summary>The JPEG files of the trials of issue 13.</summary>
public sealed class JpegTrialsTests
{
    private const string TooManyScans = "the JPEG cannot be decoded: it has more than 500 scans";
    private static readonly double[] Eyes = DrawnEyes.At(75, 56, 40, 7);

    [Theory]
    [InlineData("com-length-0.jpg")]
    [InlineData("sos-se-0.jpg")]
    public void Crop_FileThatEveryDecoderOpens_IsThatOfTheHealthyOne(string name) => Assert.Equal(Crops.Good(Read("good.jpg"), Eyes), Crops.Good(Read(name), Eyes));

    [Theory]
    [InlineData("cmyk-2000-scans.jpg")]
    [InlineData("ycc-2000-scans.jpg")]
    public void Crop_TwoThousandScans_AreUnreadableWhateverTheComponents(string name) =>
        Assert.Equal(TooManyScans, Crops.Rejected(RejectCode.ImageUnreadable, Read(name), DrawnEyes.At(32, 32, 16, 5)));

    /// <summary>Of 81 megapixels: 15 seconds and 916 MB a face before their scans were counted first.</summary>
    [Theory]
    [InlineData("cmyk-2000-scans.jpg")]
    [InlineData("ycc-2000-scans.jpg")]
    public void Crop_TwoThousandScansOverALargeImage_AreUnreadableBeforeAnythingIsDecoded(string name)
    {
        var file = JpegSegmentList.Of(Read(name));
        BinaryPrimitives.WriteUInt16BigEndian(file[0xC2].AsSpan(1), 9000);
        BinaryPrimitives.WriteUInt16BigEndian(file[0xC2].AsSpan(3), 9000);
        Assert.Equal(TooManyScans, Crops.Rejected(RejectCode.ImageUnreadable, file.ToArray(), DrawnEyes.At(32, 32, 16, 5)));
    }

    private static byte[] Read(string name) => File.ReadAllBytes(SharedFolder.File("trials", "images", name));
}
