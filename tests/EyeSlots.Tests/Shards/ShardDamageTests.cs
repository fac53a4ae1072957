using EyeSlots.Core;
using EyeSlots.Core.Shards;

namespace EyeSlots.Tests.Shards;

/// <summary>A file that is not what was written ends in dataset-damaged, never in another exception and never in a hang.</summary>
public sealed class ShardDamageTests
{
    private static readonly Task<ShardFiles> Made = MadeShard.MakeAsync(MadeShard.Slice(300), rejectEvery: 5);

    [Fact]
    public async Task Read_AShardCutAnywhere_IsDatasetDamaged()
    {
        var shard = (await Made).Shard;
        for (var length = 0; length < shard.Length; length += LongRun.Count(97, 1)) AssertDamaged(shard[..length]);
        AssertDamaged(shard[..^1]);
        AssertDamaged(shard[1..]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_AnyDamage_IsReadOrDatasetDamaged(bool footer)
    {
        var shard = (await Made).Shard.ToArray();
        var random = new Random(64);
        var start = footer ? shard.Length - 8 - BitConverter.ToInt32(shard, shard.Length - 8) : 0;
        for (var round = 0; round < LongRun.Count(600, 20_000); round++)
        {
            var damaged = shard.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) damaged[random.Next(start, damaged.Length)] ^= (byte)(1 << random.Next(8));
            IsDamaged(damaged);
        }
    }

    [Fact]
    public async Task Read_AnyDamageOfAQuarantineFile_IsReadOrDatasetDamaged()
    {
        var quarantine = (await Made).Quarantine.ToArray();
        var random = new Random(65);
        for (var round = 0; round < LongRun.Count(600, 20_000); round++)
        {
            var damaged = quarantine.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            OnlyDamaged(() => QuarantineReader.Read(damaged).Count);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(255)]
    public async Task Read_AFooterThatDoesNotEnd_IsDatasetDamaged(byte last)
    {
        var shard = (await Made).Shard.ToArray();
        shard[^9] = last;
        AssertDamaged(shard);
    }

    [Fact]
    public async Task Open_AShardOfAnotherSchemaVersion_SaysWhichItIs()
    {
        var shard = await ShardWriter.WriteAsync([], [], new(1, 1, "{}", MadeShard.Fingerprint, 0, 0, ""), new());
        var error = Assert.Throws<EyeSlotsException>(() => ShardReader.Open(shard));
        Assert.StartsWith("The shard is damaged: it is of schema version 1, and this program reads 2: run preprocess again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AQuarantineFile_IsNoShard() => AssertDamaged((await Made).Quarantine);

    private static void AssertDamaged(ReadOnlyMemory<byte> bytes) => Assert.True(IsDamaged(bytes), $"{bytes.Length} bytes were read as a shard.");

    private static bool IsDamaged(ReadOnlyMemory<byte> bytes) => OnlyDamaged(() => ShardReader.Open(bytes).Rows().Count());

    private static bool OnlyDamaged(Func<int> read)
    {
        try
        {
            read();
            return false;
        }
        catch (EyeSlotsException error)
        {
            Assert.Equal(ErrorCodes.DatasetDamaged, error.Code);
            return true;
        }
    }
}
