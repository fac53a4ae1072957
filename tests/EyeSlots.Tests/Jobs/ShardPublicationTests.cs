using EyeSlots.Core;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Shards;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs;

/// <summary>What happens to a file that is there already.</summary>
public sealed class ShardPublicationTests
{
    public static TheoryData<string, string, Func<byte[], byte[]>> Damages => new()
    {
        { "empty shard", "shards", _ => [] },
        { "cut shard", "shards", bytes => bytes[..(bytes.Length / 2)] },
        { "zeros", "shards", bytes => new byte[bytes.Length] },
        { "footer without end", "shards", bytes => [.. bytes[..^9], 2, .. bytes[^8..]] },
        { "empty quarantine", "quarantine", _ => [] },
        { "quarantine byte", "quarantine", bytes => [.. bytes[..30], (byte)(bytes[30] ^ 1), .. bytes[31..]] },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Run_ADamagedLeftover_IsReplaced(string what, string folder, Func<byte[], byte[]> damage)
    {
        using var job = await MadeAsync();
        var good = job.Published();
        Directory.Delete(job.Output.At("manifests"), recursive: true);
        var key = good.Keys.Single(key => key.StartsWith(folder, StringComparison.Ordinal));
        job.Output.Write(key, damage(good[key]));
        var again = await job.RunAsync(options => options with { MaxRejected = 1 });
        Assert.True((1, true) == (again.ShardsMade, again.Committed), what);
        Assert.Equal(good, job.Published());
        Assert.Empty(await job.VerifyAsync());
    }

    [Theory]
    [InlineData("shards")]
    [InlineData("quarantine")]
    public async Task Run_ALeftoverThatIsGone_IsMadeAgain(string folder)
    {
        using var job = await MadeAsync();
        var good = job.Published();
        File.Delete(job.Output.At(good.Keys.Single(key => key.StartsWith(folder, StringComparison.Ordinal))));
        var again = await job.RunAsync(options => options with { MaxRejected = 1 });
        Assert.Equal((1, false), (again.ShardsMade, again.Committed));
        Assert.Equal(good, job.Published());
    }

    [Fact]
    public async Task Run_AnIntactShardThatDiffers_IsNotReproducibleAndStays()
    {
        using var job = Job.Draw(lists: 1, faces: 10);
        byte[]? theirs = null;
        job.Root = store => new Rival(store, async key =>
        {
            var fingerprint = Path.GetFileNameWithoutExtension(key);
            var files = await MadeShard.MakeAsync(MadeShard.Slice(10, fingerprint, "list00"));
            theirs = files.Shard.ToArray();
            await store.PublishAsync(key, files.Shard);
        });
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync());
        Assert.Equal(ErrorCodes.NotReproducible, error.Code);
        Assert.Equal(theirs, Assert.Single(job.Output.Files()).Value);
    }

    [Fact]
    public async Task Run_AnEqualShardFromAnotherRun_EndsWell()
    {
        using var job = await MadeAsync();
        var good = job.Published();
        Directory.Delete(job.Output.Path, recursive: true);
        job.Root = store => new Rival(store, key => store.PublishAsync(key, good[key]));
        var again = await job.RunAsync(options => options with { MaxRejected = 1 });
        Assert.Equal((1, true), (again.ShardsMade, again.Committed));
        Assert.Equal(good, job.Published());
    }

    [Theory]
    [InlineData("shards")]
    [InlineData("quarantine")]
    public async Task Run_ForcedOverAFileThatDiffers_IsNotReproducibleAndStays(string folder)
    {
        using var job = await MadeAsync();
        var key = job.Published().Keys.Single(key => key.StartsWith(folder, StringComparison.Ordinal));
        job.Output.Write(key, [.. job.Published()[key], 0]);
        var before = job.Output.Files();
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => job.RunAsync(options => options with { MaxRejected = 1, Force = true }));
        Assert.Equal(ErrorCodes.NotReproducible, error.Code);
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, job.Output.Files());
    }

    /// <summary>One shard with a quarantine file.</summary>
    private static async Task<Job> MadeAsync()
    {
        var job = Job.Draw(lists: 1, faces: 6);
        job.Row("list00", ListText.Row("0/1.jpg", "1;2"));
        await job.RunAsync(options => options with { MaxRejected = 1 });
        return job;
    }

    private sealed class Rival(IObjectStore inner, Func<string, Task> publish) : WrappedStore(inner)
    {
        public override async Task<bool> PublishAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
        {
            if (key.EndsWith(".parquet", StringComparison.Ordinal)) await publish(key);
            return await base.PublishAsync(key, content, cancellation);
        }
    }
}
