using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Decoding;

/// <summary>
/// Our Huffman decoders beside the library's: whatever a file is, nobody may see which one read it. A whole image has one of its own.
/// </summary>
public sealed class HuffmanDecoderTests
{
    private static readonly Sampling[] Samplings = Enum.GetValues<Sampling>();

    [Fact]
    public void Decode_DamagedAndCutFiles_EndAsTheyDoWithTheLibrarysDecoder()
    {
        var (count, refused) = (LongRun.Count(600, 30_000), 0);
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var (width, height) = (random.Next(40, 300), random.Next(40, 300));
            var file = Damaged(random, width, height);
            var region = seed % 2 == 0 ? Part(random, width, height) : new(0, 0, width, height);
            var (first, second) = BothDecoders.Decode(file, region);
            Assert.True(first.Why == second.Why, $"seed {seed}: \"{first.Why}\" became \"{second.Why}\"");
            if (first.Why is not null) refused++;
            else Assert.True(first.Pixels.AsSpan().SequenceEqual(second.Pixels), $"seed {seed}: the pixels differ");
        }

        Assert.InRange(refused, count / 20, count * 19 / 20);
    }

    [Fact]
    public void Decode_FilesWithTablesOfTheirOwn_EqualTheFirstDecodeOfEach()
    {
        // More kinds of tables than a decoder keeps, coming back in any order.
        using var decoder = new RegionDecoder();
        var files = Enumerable.Range(0, 12).Select(i => Intact(new Random(i), 120, 90, optimize: true)).ToArray();
        var region = new PixelRegion(10, 12, 90, 60);
        var alone = files.Select(file => BothDecoders.Decode(file, region).First.Pixels).ToArray();
        var random = new Random(1);
        for (var i = 0; i < 400; i++)
        {
            var which = random.Next(files.Length);
            Assert.True(alone[which].AsSpan().SequenceEqual(BothDecoders.Decode(decoder, files[which], region).Pixels), $"file {which} at turn {i}");
        }
    }

    [Fact]
    public void Decode_FilesCutAroundTheRegionsEnd_EndAsWithTheLibrarysDecoder()
    {
        for (var seed = 0; seed < LongRun.Count(100, 3000); seed++)
        {
            var random = new Random(seed);
            var width = random.Next(100, 300);
            var file = Intact(random, width, 200, Samplings[seed % Samplings.Length], random.Next(50, 90));
            var region = seed % 4 == 0 ? new PixelRegion(0, 0, width, 200) : new(10, 10, 60, random.Next(1, 180));
            var enough = Shortest(file, region);
            for (var cut = enough - 12; cut < Math.Min(enough + 24, file.Length); cut++)
            {
                var part = file[..cut];
                var (first, second) = BothDecoders.Decode(part, region);
                Assert.True(first.Why == second.Why, $"seed {seed}: cut at {cut} of {enough}: \"{first.Why}\" became \"{second.Why}\"");
            }
        }
    }

    [Fact]
    public void Decode_LargeFilesOfHighestQuality_EqualTheLibrarys()
    {
        // Many windows of bytes, nearly all of which end within a code. Behind a window of number 25 stands a code that would run past its block.
        for (var seed = 20; seed < 20 + LongRun.Count(8, 200); seed++)
        {
            var random = new Random(seed);
            var whole = new PixelRegion(0, 0, random.Next(500, 950), random.Next(900, 1700));
            var file = Intact(random, whole.Width, whole.Height, Samplings[seed % Samplings.Length], 100);
            foreach (var region in (PixelRegion[])[whole, whole with { Height = whole.Height - 1 }])
            {
                var (first, second) = BothDecoders.Decode(file, region);
                Assert.True(first.Pixels.AsSpan().SequenceEqual(second.Pixels), $"seed {seed}, {region}: the pixels differ");
            }
        }
    }

    // The bytes up to which the library reads, or nearly: it looks ahead, how far depends on how it read so far.
    private static int Shortest(byte[] file, PixelRegion region)
    {
        var (low, high) = (0, file.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (BothDecoders.Decode(file[..middle], region).First.Why is null) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static byte[] Intact(Random random, int width, int height, Sampling sampling, int quality)
    {
        using var image = Photographs.Cut(width, height, random.Next());
        return Photographs.Jpeg(image, sampling, quality: quality);
    }

    private static byte[] Intact(Random random, int width, int height, bool optimize)
    {
        using var image = Photographs.Cut(width, height, random.Next());
        var sampling = Samplings[random.Next(Samplings.Length)];
        return Photographs.Jpeg(image, sampling, progressive: false, random.Next(3) * random.Next(9), random.Next(10, 101), optimize);
    }

    // A third is cut, the others have wrong bytes, mostly behind the headers.
    private static byte[] Damaged(Random random, int width, int height)
    {
        var file = Intact(random, width, height, random.Next(3) == 0);
        if (random.Next(3) == 0) return file[..random.Next(file.Length / 8, file.Length)];
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            file[random.Next(random.Next(8) == 0 ? 2 : file.Length / 3, file.Length)] = random.Next(4) == 0 ? (byte)0xFF : (byte)random.Next(256);
        }

        return file;
    }

    private static PixelRegion Part(Random random, int width, int height)
    {
        var (x, y) = (random.Next(width), random.Next(height));
        return new(x, y, random.Next(1, width - x + 1), random.Next(1, height - y + 1));
    }
}
