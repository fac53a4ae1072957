using System.Text;
using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Manifests;

/// <summary>Which shards need not be made again.</summary>
public sealed class KeptShardsTests : IDisposable
{
    private readonly Dataset dataset = new();
    private readonly List<string> read = [];

    [Fact]
    public async Task Find_NamedAndThereInLength_IsKeptWithoutReading()
    {
        var shard = await dataset.PublishAsync(1);
        var before = await dataset.CommitAsync("a", 0, shard);
        dataset.Damage(ShardLayout.ShardKey(shard.Fingerprint), bytes => new byte[bytes.Length]);
        Assert.NotNull(await FindAsync(before));
        Assert.Empty(read);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_NamedAndOfAnotherLengthOrGone_IsMadeAgain(bool quarantine)
    {
        var shard = await dataset.PublishAsync(1);
        var before = await dataset.CommitAsync("a", 0, shard);
        var key = quarantine ? ShardLayout.QuarantineKey(shard.Fingerprint) : ShardLayout.ShardKey(shard.Fingerprint);
        dataset.Damage(key, bytes => bytes[1..]);
        Assert.Null(await FindAsync(before));
        File.Delete(dataset.Root.At(key));
        Assert.Null(await FindAsync(before));
    }

    [Fact]
    public async Task Find_NotNamed_IsReadWholeAndDescribed()
    {
        var shard = await dataset.PublishAsync(1);
        var kept = await FindAsync(null);
        Assert.Equal(2, read.Count);
        Assert.True(Dataset.Candidate("a", [shard]).HasSameContent(Dataset.Candidate("a", [kept!])));
    }

    public static TheoryData<string, string, Func<byte[], byte[]>?> Damages => new()
    {
        { "shard cut", "shards/", bytes => bytes[..^100] },
        { "shard empty", "shards/", _ => [] },
        { "fingerprint", "shards/", bytes => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(Dataset.Fingerprint(1), Dataset.Fingerprint(2), StringComparison.Ordinal)) },
        { "footer", "shards/", bytes => [.. bytes[..^500], .. bytes[^499..]] },
        { "footer without end", "shards/", bytes => [.. bytes[..^9], 2, .. bytes[^8..]] },
        { "quarantine gone", "quarantine/", null },
        { "quarantine byte", "quarantine/", bytes => [.. bytes[..20], (byte)(bytes[20] ^ 1), .. bytes[21..]] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Find_NotNamedAndDamaged_IsMadeAgain(string what, string folder, Func<byte[], byte[]>? change)
    {
        var shard = await dataset.PublishAsync(1);
        var key = $"{folder}{shard.Fingerprint}.parquet";
        if (change is null) File.Delete(dataset.Root.At(key));
        else dataset.Damage(key, change);
        Assert.True(await FindAsync(null) is null, what);
    }

    [Fact]
    public async Task Find_AShardUnderAnotherNameOrOfAnotherNumberOfFaces_IsMadeAgain()
    {
        var shard = await dataset.PublishAsync(1);
        Assert.Null(await FindAsync(null, faces: 11));
        Assert.Null(await FindAsync(null, list: "other"));
        File.Copy(dataset.Root.At(ShardLayout.ShardKey(shard.Fingerprint)), dataset.Root.At(ShardLayout.ShardKey(Dataset.Fingerprint(2))));
        Assert.Null(await FindAsync(null, number: 2));
        Assert.Null(await FindAsync(null, number: 3));
    }

    [Fact]
    public async Task Find_AShardInWhichMemoryDecided_IsKeptUnderTheSameLimitOnly()
    {
        const long limit = 16L << 20;
        var decided = await dataset.PublishAsync(SliceHeader.NameUnder(Dataset.Fingerprint(1), limit), 1);
        Assert.Equal(decided.Fingerprint, (await FindAsync(null, memory: limit))!.Fingerprint);
        Assert.Null(await FindAsync(null, memory: 2 * limit));
        var whole = await dataset.PublishAsync(1);
        Assert.Equal(whole.Fingerprint, (await FindAsync(null, memory: limit))!.Fingerprint);
        Assert.Equal(whole.Fingerprint, (await FindAsync(null, memory: 2 * limit))!.Fingerprint);
    }

    public void Dispose() => dataset.Dispose();

    private async Task<ShardResult?> FindAsync(Manifest? before, int number = 1, int faces = 10, string list = "list1", long memory = 512L << 20)
    {
        read.Clear();
        var watched = new Watched(dataset.Root.Store, read);
        return Assert.Single(await new KeptShards(watched, memory).FindAsync([new(0, list, Dataset.Fingerprint(number), faces)], before, await ShardInventory.ReadAsync(watched, default), CancellationToken.None));
    }

    private sealed class Watched(IObjectStore inner, List<string> read) : WrappedStore(inner)
    {
        public override ValueTask<ReadOutcome> ReadAsync(
            string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes, CancellationToken cancellation = default)
        {
            read.Add(key);
            return base.ReadAsync(key, expected, buffer, maxBytes, cancellation);
        }
    }
}
