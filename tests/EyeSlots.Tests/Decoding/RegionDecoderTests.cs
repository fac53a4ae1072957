using EyeSlots.Core.Geometry;
using EyeSlots.Core.Planning;
using EyeSlots.Preprocessing.Cropping;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Tests.Cropping;
using EyeSlots.Tests.Geometry;

namespace EyeSlots.Tests.Decoding;

/// <summary>The region decode beside a full decode, bit for bit, and the crops of both before encoding.</summary>
public sealed class RegionDecoderTests
{
    private const int SlotsOfAPhotograph = 4;
    private static readonly Sampling[] Samplings = Enum.GetValues<Sampling>();
    private static readonly JobParameters Anywhere = Crops.Raw with { MinCoverage = 0 };

    [Fact]
    public void Decode_RegionsAndCropsOfManyPhotographs_EqualThoseOfAFullDecodeBitForBit()
    {
        var (photographs, crops, beside) = (LongRun.Count(250, 2400), 0, 0);
        Parallel.For(0, photographs, new() { MaxDegreeOfParallelism = 2 }, number =>
        {
            var random = new Random(number);
            var (width, height) = (Side(random), Side(random));
            using var image = Photographs.Cut(width, height, number);
            var (sampling, progressive) = (Samplings[number % Samplings.Length], number / Samplings.Length % 2 == 1);
            var file = Photographs.Jpeg(image, sampling, progressive, random.Next(3) * random.Next(40), random.Next(20, 101), random.Next(2) == 1);
            var whole = Decoded.Whole(file);
            Assert.True(whole.AsSpan().SequenceEqual(Decoded.ByOpenCv(file)), $"photograph {number}: our full decode differs from OpenCV's");
            for (var i = 0; i < SlotsOfAPhotograph; i++)
            {
                var eyes = Eyes(random, width, height);
                var slot = DrawnEyes.Slot(eyes);
                if (slot.SourceRegion(width, height, 0) == default) continue;
                AssertEqualRegions($"photograph {number} ({width} x {height}, {sampling}, progressive {progressive})", file, whole, width, height, slot);
                Assert.True(CropOf(whole, width, height, slot).AsSpan().SequenceEqual(Crops.Good(file, eyes, Anywhere)), $"photograph {number}: the crops differ");
                Interlocked.Increment(ref crops);
                if (slot.Coverage(width, height) < 1) Interlocked.Increment(ref beside);
            }
        });
        Assert.True(beside > crops / 5, "Too few slots reach over an edge.");
        TestContext.Current.SendDiagnosticMessage($"region decode: {photographs} photographs, {crops} slots, {beside} of them over an edge");
    }

    [Fact]
    public void Decode_RoomOrRegionThatDoesNotFit_IsRefusedAndNothingIsWritten()
    {
        using var image = Photographs.Cut(67, 53, 1);
        using var decoder = new RegionDecoder();
        var (file, pixels) = (Photographs.Jpeg(image), Enumerable.Repeat((byte)9, 3 * 67 * 53).ToArray());
        Assert.Throws<ArgumentException>(() => decoder.Decode(file, new(0, 0, 67, 53), pixels.AsSpan(1), Decoded.Memory));
        Assert.Throws<ArgumentException>(() => decoder.Decode(file, new(0, 0, int.MaxValue, int.MaxValue), pixels, Decoded.Memory));
        Assert.NotNull(decoder.Decode(file, new(1, 0, 67, 53), pixels, Decoded.Memory));
        Assert.NotNull(decoder.Decode(file, new(-1, 0, 10, 10), pixels, Decoded.Memory));
        Assert.All(pixels, value => Assert.Equal(9, value));
    }

    [Fact]
    public void Decode_AfterItsOwnerFreedIt_Throws()
    {
        using var image = Photographs.Cut(67, 53, 1);
        var (file, decoder) = (Photographs.Jpeg(image), new RegionDecoder());
        decoder.Dispose();
        Assert.Throws<ObjectDisposedException>(() => decoder.Decode(file, new(0, 0, 10, 10), new byte[300], Decoded.Memory));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void Decode_EveryRegionOfASmallPhotograph_EqualsTheFullDecode(int step)
    {
        foreach (var sampling in Samplings)
        {
            using var image = Photographs.Cut(67, 53, step);
            var file = Photographs.Jpeg(image, sampling, step == 7);
            var whole = Decoded.Whole(file);
            for (var y = 0; y < 53; y += LongRun.IsOn ? 1 : 3)
            {
                for (var x = 0; x < 67; x += 3) AssertEqualInside("small", file, whole, 67, 53, new(x, y, Math.Min(step, 67 - x), Math.Min(step, 53 - y)));
            }
        }
    }

    // From there on the bytes to read ahead no longer fit into a number, and the decoder once read none, for ever.
    [Fact]
    public void Decode_StartOfAFileSaidToBeAsLargeAsCanBe_EndsAsThatOfAnyOther()
    {
        using var image = Photographs.Cut(67, 53, 1);
        var file = Photographs.Jpeg(image);
        var pixels = Decoded.Region(file, new(10, 44, 30, 9));
        foreach (var whole in (nuint[])[(nuint)file.Length + 1, unchecked((nuint)long.MaxValue), nuint.MaxValue])
        {
            var (status, region) = Decode(file, whole, new(10, 44, 30, 9));
            Assert.Equal((whole, PixelStatus.Ok), (whole, status));
            Assert.Equal(pixels, region);
        }
    }

    private static unsafe (PixelStatus Status, byte[] Pixels) Decode(byte[] start, nuint whole, PixelRegion region)
    {
        using var decoder = new RegionDecoder();
        var (limits, pixels) = (new DecodeLimits(Decoded.Memory, RegionDecoder.MostScans), new byte[3 * region.Width * region.Height]);
        var area = stackalloc[] { region.X, region.Y, region.Width, region.Height };
        var message = stackalloc byte[PixelLibrary.MessageBytes];
        nuint used = 0;
        var status = PixelStatus.Ok;
        fixed (byte* file = start, to = pixels)
        {
            // The second time by our decoder, whose tables are made by then.
            for (var i = 0; i < 2; i++)
            {
                status = PixelLibrary.DecodeRegion(
                    decoder, file, (nuint)start.Length, whole, area, null, &limits, to, (nuint)pixels.Length, &used, message, PixelLibrary.MessageBytes);
            }
        }

        return (status, pixels);
    }

    // Sides spread evenly over their logarithm, so that small photographs are not rare.
    private static int Side(Random random) => (int)Math.Round(64 * Math.Pow(2000 / 64.0, random.NextDouble()));

    private static double[] Eyes(Random random, int width, int height) => DrawnEyes.At(
        random.NextDouble() * width, random.NextDouble() * height, (0.03 + (0.4 * random.NextDouble())) * Math.Min(width, height), random.Next(-180, 180));

    private static void AssertEqualRegions(string what, byte[] file, byte[] whole, int width, int height, EyeSlot slot) =>
        AssertEqualInside(what, file, whole, width, height, slot.SourceRegion(width, height, 0));

    // What is decoded has a rim, which is dropped.
    private static void AssertEqualInside(string what, byte[] file, byte[] whole, int width, int height, PixelRegion inner)
    {
        const int Rim = 2;
        var (left, top) = (Math.Max(0, inner.X - Rim), Math.Max(0, inner.Y - Rim));
        var (right, bottom) = (Math.Min(width, inner.X + inner.Width + Rim), Math.Min(height, inner.Y + inner.Height + Rim));
        var padded = Decoded.Region(file, new(left, top, right - left, bottom - top));
        var region = Decoded.Part(padded, right - left, inner with { X = inner.X - left, Y = inner.Y - top });
        Assert.True(region.AsSpan().SequenceEqual(Decoded.Part(whole, width, inner)), $"{what}: the region {inner} differs from the full decode");
    }

    // The crop that a full decode gives, as RGB.
    private static byte[] CropOf(byte[] whole, int width, int height, EyeSlot slot)
    {
        var source = slot.SourceRegion(width, height, 0);
        var (size, map) = (slot.CropSize, slot.CropToImage());
        var crop = new byte[3 * size.Width * size.Height];
        var inside = new PixelView(whole, new(width, height)).Part(source);
        PixelWarp.Warp(inside, map with { Dx = map.Dx - source.X, Dy = map.Dy - source.Y }, new(crop, size));
        for (var at = 0; at < crop.Length; at += 3) (crop[at], crop[at + 2]) = (crop[at + 2], crop[at]);
        return crop;
    }
}
