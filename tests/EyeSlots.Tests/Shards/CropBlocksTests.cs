using System.Buffers;
using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Shards;

/// <summary>Crops keep their bytes wherever one block ends and the next begins, and blocks are used again.</summary>
public sealed class CropBlocksTests
{
    private readonly CropBlocks blocks = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Take_CropsOfAnySize_GivesTheBytesThatWereWritten(int seed)
    {
        for (var shard = 0; shard < 3; shard++)
        {
            var random = new Random(seed);
            List<(byte[] Written, ReadOnlyMemory<byte> Taken)> crops = [];
            for (var crop = 0; crop < 30; crop++) crops.Add(Write(random));
            Assert.All(crops, crop => Assert.True(crop.Taken.Span.SequenceEqual(crop.Written)));
            Assert.Equal(crops.Sum(crop => (long)crop.Written.Length), blocks.TakenBytes);
            blocks.Clear();
        }
    }

    [Fact]
    public void Clear_TheSameCropsAgain_TakesNoMoreMemory()
    {
        for (var crop = 0; crop < 20; crop++) Write(new Random(crop));
        var capacity = blocks.Capacity;
        blocks.Clear();
        for (var crop = 0; crop < 20; crop++) Write(new Random(crop));
        Assert.Equal(capacity, blocks.Capacity);
    }

    [Fact]
    public void Drop_ACropUnderWay_LeavesThoseThatWereTaken()
    {
        blocks.Write("abc"u8);
        var first = blocks.Take();
        blocks.Write("lost"u8);
        blocks.Drop();
        blocks.Write("de"u8);
        Assert.Equal("de"u8, blocks.Take().Span);
        Assert.Equal("abc"u8, first.Span);
        Assert.Equal(5, blocks.TakenBytes);
    }

    [Fact]
    public void Advance_MoreThanThereIsRoomFor_IsRefused()
    {
        var room = blocks.GetSpan(10).Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => blocks.Advance(room + 1));
    }

    // In parts, each after more room was asked for than it takes, as encoders do.
    private (byte[] Written, ReadOnlyMemory<byte> Taken) Write(Random random)
    {
        List<byte> all = [];
        for (var part = random.Next(1, 4); part > 0; part--)
        {
            var bytes = new byte[random.Next(random.Next(10) == 0 ? 3_000_000 : 60_000)];
            random.NextBytes(bytes);
            bytes.CopyTo(blocks.GetSpan(bytes.Length + random.Next(200_000)));
            blocks.Advance(bytes.Length);
            all.AddRange(bytes);
        }

        return ([.. all], blocks.Take());
    }
}
