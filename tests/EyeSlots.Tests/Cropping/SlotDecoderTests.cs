using System.Buffers.Binary;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Tests.Decoding;

namespace EyeSlots.Tests.Cropping;

/// <summary>A shard's rows are untrusted: their sizes and bytes may say anything.</summary>
public sealed class SlotDecoderTests : IDisposable
{
    private readonly SlotDecoder decoder = new();

    public void Dispose() => decoder.Dispose();

    /// <summary>Issue 13: 3 × 37,838² is 2³² + 175,436, so the first rows were written beyond a small array.</summary>
    [Theory]
    [InlineData(37_838, 37_838)]
    [InlineData(65_500, 65_500)]
    [InlineData(65_500, 1)]
    [InlineData(1, 65_500)]
    [InlineData(8_000, 8_000)]
    public void ToBgr_JpegOfGreatSizeWithValidFirstRows_IsNullOrTooLarge(int width, int height)
    {
        var slot = DrawnPixels.Jpeg(DrawnPixels.Bgr(320, 64), 320, 64, 95);
        var frame = slot.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(slot.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(slot.AsSpan(frame + 7), (ushort)width);
        Assert.Null(decoder.ToBgr(slot, SlotFormat.Jpeg, width, height));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(-1, -1)]
    [InlineData(int.MinValue, int.MinValue)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(1 << 16, 1 << 16)]
    public void ToBgr_SizesThatMultiplyToAnything_AreNull(int width, int height)
    {
        foreach (var format in Enum.GetValues<SlotFormat>()) Assert.Null(decoder.ToBgr([], format, width, height));
    }

    [Theory]
    [InlineData(65_535, 1, true)]
    [InlineData(65_536, 1, false)]
    [InlineData(1, 65_536, false)]
    public void ToBgr_RawCropLongerThanAnyIs_IsNull(int width, int height, bool isRead) =>
        Assert.Equal(isRead, decoder.ToBgr(new byte[3 * width * height], SlotFormat.Raw, width, height) is not null);

    [Fact]
    public void ToBgr_FromManyThreads_GivesEachItsOwnPixels()
    {
        var slots = Enumerable.Range(20, 40).Select(side => DrawnPixels.Jpeg(DrawnPixels.Bgr(side, 30), side, 30, 95)).ToArray();
        var alone = slots.Select((slot, i) => decoder.ToBgr(slot, SlotFormat.Jpeg, 20 + i, 30)!).ToArray();
        Parallel.For(0, 2000, i => Assert.Equal(alone[i % 40], decoder.ToBgr(slots[i % 40], SlotFormat.Jpeg, 20 + (i % 40), 30)));
    }

    [Fact]
    public void ToBgr_PictureOfAnotherFormatThanTheDatasets_IsNull()
    {
        var (jpeg, bmp) = (DrawnPixels.Jpeg(DrawnPixels.Bgr(40, 30), 40, 30, 95), DrawnPixels.Bmp(DrawnPixels.Bgr(40, 30), 40, 30));
        Assert.NotNull(decoder.ToBgr(jpeg, SlotFormat.Jpeg, 40, 30));
        Assert.Null(decoder.ToBgr(jpeg, SlotFormat.Png, 40, 30));
        Assert.Null(decoder.ToBgr(bmp, SlotFormat.Png, 40, 30));
        Assert.Null(decoder.ToBgr(bmp, SlotFormat.Jpeg, 40, 30));
    }
}
