using EyeSlots.Core.Annotations;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Decoding;

/// <summary>Kinds of files that are refused on purpose, as the README lists them: the code's detail says which.</summary>
public sealed class RefusedKindsTests
{
    private const int Side = 64;
    private static readonly double[] Eyes = DrawnEyes.At(32, 32, 20, 5);

    public static TheoryData<string, byte[]> Kinds => new()
    {
        { "2 bits a sample are not read", Gray((258, 2)) },
        { "4 bits a sample are not read", Gray((258, 4)) },
        { "12 bits a sample are not read", Gray((258, 12)) },
        { "32 bits a sample are not read", Gray((258, 32)) },
        { "samples that are no whole numbers are not read", Gray((339, 3)) },
        { "compression 6 ", Gray((259, 6)) }, // the JPEG of TIFF 6.0
        { "compression 34925 ", Gray((259, 34925)) }, // LZMA
        { "compression 50000 ", Gray((259, 50000)) }, // Zstandard
        { "compression 50001 ", Gray((259, 50001)) }, // WebP
        { "photometric interpretation 8 ", Gray((262, 8)) }, // CIE L*a*b*
        { "its bits are in another order", Gray((266, 2)) },
        { "images of some depth are not read", Gray((32997, 2)) },
        { "BigTIFF is not read", [.. "II+\0\u0008\0\0\0"u8, .. new byte[16]] },
        { "animations are not read", [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 63, 0, 0, 63, 0, 0] },
        { "2 bits with compression 0 are not read", Bmp(2, 0) },
        { "24 bits with compression 4 are not read", Bmp(24, 4) }, // a JPEG inside
        { "colours with masks F00, F0, F are not read", Bmp(16, 3, 0xF00, 0xF0, 0xF) },
        { "colours with masks 3FF00000, FFC00, 3FF are not read", Bmp(32, 3, 0x3FF00000, 0xFFC00, 0x3FF) },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Crop_KindThatIsNotRead_IsUnreadableAndSaysSo(string why, byte[] file) =>
        Assert.Contains(why, Crops.Rejected(RejectCode.ImageUnreadable, file, Eyes), StringComparison.Ordinal);

    [Fact]
    public void Crop_TheSameFilesWithoutThat_AreCut()
    {
        Crops.Good(Gray((262, 1)), Eyes);
        Crops.Good(Bmp(24, 0), Eyes);
        Crops.Good(Bmp(16, 3, 0xF800, 0x7E0, 0x1F), Eyes);
        Crops.Good(Bmp(32, 3, 0xFF, 0xFF00, 0xFF0000), Eyes);
    }

    // One strip of gray bytes, with one tag changed or added.
    private static byte[] Gray((int Tag, uint Value) other)
    {
        SortedDictionary<int, uint> tags = new() { [256] = Side, [257] = Side, [258] = 8, [259] = 1, [262] = 1, [273] = 0, [277] = 1, [278] = Side, [279] = Side * Side };
        tags[other.Tag] = other.Value;
        tags[273] = (uint)(8 + 2 + (12 * tags.Count) + 4);
        var tiff = new DrawnTiff(true) { Pixels = new byte[Side * Side] };
        foreach (var (tag, value) in tags) tiff.Tags.Add((tag, value > ushort.MaxValue ? 4 : 3, value));
        return tiff.ToArray();
    }

    private static byte[] Bmp(int bits, int compression, params uint[] masks)
    {
        var (start, file) = (54 + (4 * masks.Length), new MemoryStream());
        using var writer = new BinaryWriter(file);
        writer.Write("BM"u8);
        foreach (var field in (int[])[0, 0, start, 40, Side, Side]) writer.Write(field);
        writer.Write((short)1);
        writer.Write((short)bits);
        foreach (var field in (int[])[compression, 0, 0, 0, 0, 0]) writer.Write(field);
        foreach (var mask in masks) writer.Write(mask);
        writer.Write(new byte[Side * Side * bits / 8]);
        return file.ToArray();
    }
}
