using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Decoding;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Cropping;

/// <summary>Damage counts only where the slot needs the pixels; what is rejected has the right code.</summary>
public sealed class DamageTests
{
    private const int Side = 400;

    // The slot lies between a fifth and two fifths of the image's height.
    private static readonly double[] Eyes = DrawnEyes.At(200, 120, 70, 4);

    [Theory]
    [InlineData(0.9, true)]
    [InlineData(0.7, true)]
    [InlineData(0.15, false)]
    [InlineData(0.02, false)]
    public void BaselineJpeg_Truncated_IsGoodBelowTheSlotAndUnreadableAbove(double share, bool good)
    {
        var file = Photograph(progressive: false);
        var cut = file[..(int)(share * file.Length)];
        if (good) Assert.Equal(Crops.Good(file, Eyes), Crops.Good(cut, Eyes));
        else Crops.Rejected(RejectCode.ImageUnreadable, cut, Eyes);
    }

    [Theory]
    [InlineData(0.98)]
    [InlineData(0.7)]
    [InlineData(0.3)]
    public void ProgressiveJpeg_TruncatedAnywhere_IsUnreadable(double share)
    {
        var file = Photograph(progressive: true);
        Crops.Rejected(RejectCode.ImageUnreadable, file[..(int)(share * file.Length)], Eyes);
    }

    [Theory]
    [InlineData(0.85, true)]
    [InlineData(0.1, false)]
    public void BaselineJpeg_WithAnEndAmongItsCodes_IsGoodBelowTheSlotAndUnreadableAbove(double at, bool good)
    {
        var file = Photograph(progressive: false);
        var broken = (byte[])file.Clone();
        (broken[(int)(at * file.Length)], broken[(int)(at * file.Length) + 1]) = (0xFF, 0xD9);
        if (good) Assert.Equal(Crops.Good(file, Eyes), Crops.Good(broken, Eyes));
        else Crops.Rejected(RejectCode.ImageUnreadable, broken, Eyes);
    }

    [Fact]
    public void ProgressiveJpeg_WithScansWithoutEnd_IsUnreadable()
    {
        var file = Photograph(progressive: true);
        var last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = file[last..^2];
        byte[] many = [.. file[..^2], .. Enumerable.Repeat(scan, 600).SelectMany(bytes => bytes), 0xFF, 0xD9];
        Assert.Contains("scans", Crops.Rejected(RejectCode.ImageUnreadable, many, Eyes), StringComparison.Ordinal);
    }

    [Fact]
    public void ZeroBytes_AreAnEmptyImage() => Crops.Rejected(RejectCode.ImageEmpty, [], Eyes);

    [Theory]
    [InlineData("GIF89a and more")]
    [InlineData("\u00D0\u00CF\u0011\u00E0")]
    [InlineData("x")]
    public void UnknownSignature_IsUnreadable(string start) => Crops.Rejected(RejectCode.ImageUnreadable, System.Text.Encoding.Latin1.GetBytes(start), Eyes);

    [Fact]
    public void BombOfAHeader_IsTooLargeBeforeAnythingIsDecoded()
    {
        var jpeg = Photograph(progressive: false);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg.AsSpan(frame + 5, 4).Fill(0xFF);
        using var image = Photographs.Cut(Side, Side, 1);
        var png = Photographs.Encode(image, ".png");
        png.AsSpan(16, 8).Fill(0x7F);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Crops.Rejected(RejectCode.ImageTooLarge, jpeg, Eyes);
        Crops.Rejected(RejectCode.ImageTooLarge, png, Eyes);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void ProgressiveJpeg_WhoseCoefficientsDoNotFit_IsTooLarge() =>
        Crops.Rejected(RejectCode.ImageTooLarge, Photograph(progressive: true), Eyes, memory: 100_000);

    [Fact]
    public void LandmarksWithoutASlot_ComeBeforeWhateverIsWrongWithTheImage() =>
        Crops.Rejected(RejectCode.LandmarksInvalid, [], new double[Eyes.Length]);

    [Fact]
    public void Slot_MostlyOutside_IsRejectedBeforeDamagedPixelsAre()
    {
        var file = Photograph(progressive: false);
        Crops.Rejected(RejectCode.SlotOutside, file[..2000], DrawnEyes.At(200, -60, 70, 0));
    }

    private static byte[] Photograph(bool progressive)
    {
        using var image = Photographs.Cut(Side, Side, 9);
        return Photographs.Jpeg(image, progressive: progressive);
    }
}
