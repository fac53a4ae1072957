using EyeSlots.Core.Annotations;
using EyeSlots.Core.Geometry;
using EyeSlots.Preprocessing.Decoding;

namespace EyeSlots.Tests.Decoding;

/// <summary>
/// Our Huffman decoder beside the library's. A thread has no tables before its second file with them, so the first decode on a new
/// thread is the library's and the second is ours: whatever a file is, nobody may see which one read it.
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
            var region = Part(random, width, height);
            var (first, second) = OnANewThread(() => (Decode(file, region), Decode(file, region)));
            Assert.True(first.Why == second.Why, $"seed {seed}: \"{first.Why}\" became \"{second.Why}\"");
            if (first.Why is not null) refused++;
            else Assert.True(first.Pixels.AsSpan().SequenceEqual(second.Pixels), $"seed {seed}: the pixels differ");
        }

        Assert.InRange(refused, count / 20, count * 19 / 20);
    }

    [Fact]
    public void Decode_FilesWithTablesOfTheirOwn_EqualTheFirstDecodeOfEach()
    {
        // More kinds of tables than a thread keeps, coming back in any order.
        var files = Enumerable.Range(0, 12).Select(i => Intact(new Random(i), 120, 90, optimize: true)).ToArray();
        var region = new PixelRegion(10, 12, 90, 60);
        var alone = files.Select(file => OnANewThread(() => Decode(file, region).Pixels)).ToArray();
        var random = new Random(1);
        for (var i = 0; i < 400; i++)
        {
            var which = random.Next(files.Length);
            Assert.True(alone[which].AsSpan().SequenceEqual(Decode(files[which], region).Pixels), $"file {which} at turn {i}");
        }
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

    private static unsafe (string? Why, byte[] Pixels) Decode(byte[] file, PixelRegion region)
    {
        var pixels = new byte[3 * region.Width * region.Height];
        fixed (byte* target = pixels)
        {
            Rejection? why = RegionDecoder.Decode(file, region, target, Decoded.Memory);
            return (why?.ToString(), pixels);
        }
    }

    private static T OnANewThread<T>(Func<T> work)
    {
        T result = default!;
        var thread = new Thread(() => result = work());
        thread.Start();
        thread.Join();
        return result;
    }
}
