using EyeSlots.Core.Annotations;
using EyeSlots.Core.Shards;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Decoding;

/// <summary>Damage above the slot's last row makes a face unreadable; below it, in a file of one scan, the pixels are right.</summary>
public sealed class DamagedJpegTests
{
    private const int Side = 400;
    private static readonly double[] Eyes = DrawnEyes.At(200, 180, 110, 8);

    // All ones is a code of no table.
    private static readonly byte[] BadCodes = [.. Enumerable.Repeat<byte[]>([0xFF, 0x00], 60).SelectMany(pair => pair)];

    public static TheoryData<Sampling, int> Baselines => new()
    {
        { Sampling.S420, 0 }, { Sampling.S444, 0 }, { Sampling.S422, 4 }, { Sampling.S440, 0 }, { Sampling.Gray, 0 }, { Sampling.S420, 7 },
    };

    [Theory]
    [MemberData(nameof(Baselines))]
    public void Crop_BaselineCutAnywhere_IsUnreadableAboveTheSlotsEndAndRightBelowIt(Sampling sampling, int restart)
    {
        var file = Draw(sampling, restart: restart);
        var whole = Crops.Good(file, Eyes);
        var readable = new List<int>();
        var lengths = Enumerable.Range(1, LongRun.Count(80, 800)).Select(step => file.Length * step / LongRun.Count(80, 800)).ToArray();
        foreach (var length in lengths)
        {
            var (result, crop) = Crops.Cut(file[..length], Eyes);
            if (result.Rejection is { } why) Assert.Equal(RejectCode.ImageUnreadable, why.Code);
            else readable.Add(length);
            if (result.Rejection is null) Assert.Equal(whole, crop);
        }

        Assert.Equal(lengths[^readable.Count..], readable); // every cut below the slot, and none above
        Assert.InRange(readable[0], file.Length * 0.4, file.Length * 0.8); // the slot ends at 58 % of the rows
    }

    [Fact]
    public void Crop_SeveralScansCutAnywhere_IsUnreadable()
    {
        var interleaved = Draw(Sampling.S420);
        foreach (var file in (byte[][])[Draw(Sampling.S420, progressive: true), Draw(Sampling.Gray, progressive: true), DebianJpegTools.Scans(interleaved, "0;\n1;\n2;\n")])
        {
            Crops.Good(file, Eyes);
            foreach (var length in Enumerable.Range(1, 40).Select(step => file.Length * step / 41).Append(file.Length - 40).Append(file.Length - 2))
            {
                Crops.Rejected(RejectCode.ImageUnreadable, file[..length], Eyes);
            }
        }
    }

    /// <summary>With restart markers only: without them libjpeg-turbo's fast decoder takes a bad code for a zero and does not warn.</summary>
    [Theory]
    [InlineData(Sampling.S420, 5)]
    [InlineData(Sampling.S444, 50)]
    [InlineData(Sampling.Gray, 1)]
    public void Crop_BadCodesInABaselineWithRestarts_AreFatalAboveTheSlotsEndOnly(Sampling sampling, int restart)
    {
        var file = Draw(sampling, restart: restart);
        var whole = Crops.Good(file, Eyes);
        foreach (var share in (double[])[0.1, 0.2, 0.3, 0.4]) Crops.Rejected(RejectCode.ImageUnreadable, Damaged(file, share), Eyes);
        foreach (var share in (double[])[0.8, 0.9]) Assert.Equal(whole, Crops.Good(Damaged(file, share), Eyes));
    }

    [Theory]
    [MemberData(nameof(Baselines))]
    public void Crop_StrayMarkerInABaseline_IsFatalAboveTheSlotsEndOnly(Sampling sampling, int restart)
    {
        var file = Draw(sampling, restart: restart);
        var whole = Crops.Good(file, Eyes);
        foreach (var share in (double[])[0.1, 0.2, 0.3, 0.4]) Crops.Rejected(RejectCode.ImageUnreadable, Marked(file, share), Eyes);
        foreach (var share in (double[])[0.8, 0.9]) Assert.Equal(whole, Crops.Good(Marked(file, share), Eyes));
    }

    [Fact]
    public void Crop_BadCodesInAProgressiveFile_AreFatalAnywhere()
    {
        var file = Draw(Sampling.S420, progressive: true);
        foreach (var share in (double[])[0.2, 0.5, 0.8, 0.95]) Crops.Rejected(RejectCode.ImageUnreadable, Damaged(file, share), Eyes);
    }

    [Fact]
    public void Crop_EndMarkerInsideTheScan_IsAPrematureEnd()
    {
        var file = Draw(Sampling.S420);
        byte[] ended = [.. file.AsSpan(0, file.Length / 3), 0xFF, 0xD9, .. file.AsSpan(file.Length / 3)];
        Assert.Equal("the JPEG ends before the slot does", Crops.Rejected(RejectCode.ImageUnreadable, ended, Eyes));
    }

    [Fact]
    public void Crop_BytesBehindTheEndAndBetweenSegments_AreIgnored()
    {
        var file = Draw(Sampling.S420);
        var whole = Crops.Good(file, Eyes);
        Assert.Equal(whole, Crops.Good([.. file, .. "something behind the end"u8], Eyes));
        const int BehindJfif = 2 + 2 + 16;
        Assert.Equal(whole, Crops.Good([.. file.AsSpan(0, BehindJfif), 0x12, 0x34, .. file.AsSpan(BehindJfif)], Eyes));
    }

    [Fact]
    public void Crop_ProgressiveOf500Scans_IsReadAndOf501IsNot()
    {
        var eyes = DrawnEyes.At(32, 32, 16, 5);
        var crop = Crops.Good(HandMadeJpeg.Progressive(500), eyes);
        Assert.Equal(160, Assert.Single(crop.Distinct()));
        Assert.Equal("the JPEG cannot be decoded: it has more than 500 scans", Crops.Rejected(RejectCode.ImageUnreadable, HandMadeJpeg.Progressive(501), eyes));
        Crops.Rejected(RejectCode.ImageUnreadable, HandMadeJpeg.Progressive(880), eyes);
    }

    private static byte[] Draw(Sampling sampling, bool progressive = false, int restart = 0)
    {
        using var image = Photographs.Cut(Side, Side, 11);
        return Photographs.Jpeg(image, sampling, progressive, restart, 60);
    }

    // FF E5 opens a segment, which has no place inside a scan.
    private static byte[] Marked(byte[] file, double share)
    {
        var marked = (byte[])file.Clone();
        var at = (int)(share * file.Length);
        while (marked[at] == 0xFF || marked[at - 1] == 0xFF || marked[at + 1] == 0xFF) at++;
        (marked[at], marked[at + 1]) = (0xFF, 0xE5);
        return marked;
    }

    private static byte[] Damaged(byte[] file, double share)
    {
        var damaged = (byte[])file.Clone();
        BadCodes.CopyTo(damaged, (int)(share * file.Length));
        return damaged;
    }
}
