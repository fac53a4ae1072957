using EyeSlots.Core.Manifests;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Shards;
using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Tests.Manifests;

/// <summary>What a run lays under the root, and what it looks at before it commits.</summary>
public sealed class DatasetRunTests : IDisposable
{
    private const string Mark = "plans/20261125T193000Z-0123456789abcdef.gc";
    private readonly Dataset dataset = new();
    private readonly JumpingTime time = new(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task Run_FromOpeningToClosing_LeavesNothingOfItsOwn()
    {
        await using (var run = await OpenAsync(dataset.Root.Store))
        {
            var keys = new[] { await run.LayAsync(new byte[1], default), await run.LayAsync(new byte[2], default) };
            Assert.Equal([$"plans/{run.Name}.0.slices", $"plans/{run.Name}.1.slices"], keys);
            foreach (var key in keys) await run.RemoveAsync(key);
            Assert.Equal([$"plans/{run.Name}.json"], dataset.Root.Files().Keys);
        }

        Assert.Empty(dataset.Root.Files());
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    [InlineData("quarantine gone")]
    [InlineData("another of the same length")]
    public async Task FindLost_AKeptShardThatIsNotThereAsItWas_IsFound(string what)
    {
        var shard = await dataset.PublishAsync(1);
        await using var run = await OpenAsync(dataset.Root.Store, shard.Fingerprint);
        var kept = Assert.Single(await run.KeepAsync(default))!;
        Assert.Empty(await run.FindLostAsync([kept], default));
        var key = what.StartsWith("quarantine", StringComparison.Ordinal) ? ShardLayout.QuarantineKey(shard.Fingerprint) : ShardLayout.ShardKey(shard.Fingerprint);
        if (what.EndsWith("gone", StringComparison.Ordinal)) File.Delete(dataset.Root.At(key));
        else dataset.Damage(key, bytes => what == "cut" ? bytes[1..] : new byte[bytes.Length]);
        Assert.Equal([0], await run.FindLostAsync([kept], default));
    }

    [Fact]
    public async Task FindLost_BesideACollectionThatWasThereBefore_WaitsUntilItsMarkIsGone()
    {
        dataset.Root.Write(Mark, "");
        var looks = 0;
        var root = new Looks(dataset.Root.Store, () =>
        {
            if (++looks == 3) File.Delete(dataset.Root.At(Mark));
        });
        await using var run = await OpenAsync(root);
        Assert.Empty(await run.FindLostAsync([], default));
        Assert.Equal(3, looks);
    }

    [Fact]
    public async Task FindLost_BesideACollectionThatDied_WaitsTwoMinutesAndTakesItsMarkAway()
    {
        dataset.Root.Write(Mark, "");
        await using var run = await OpenAsync(dataset.Root.Store);
        var before = time.GetUtcNow();
        Assert.Empty(await run.FindLostAsync([], default));
        Assert.InRange(time.GetUtcNow() - before, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(121));
        Assert.Equal([$"plans/{run.Name}.json"], dataset.Root.Files().Keys);
    }

    [Fact]
    public async Task FindLost_BesideACollectionThatBeganLater_DoesNotWait()
    {
        await using var run = await OpenAsync(dataset.Root.Store);
        dataset.Root.Write(Mark, "");
        var before = time.GetUtcNow();
        Assert.Empty(await run.FindLostAsync([], default));
        Assert.Equal(before, time.GetUtcNow());
    }

    [Fact]
    public async Task FindLost_AfterADay_LaysThePlanAgain()
    {
        await using var run = await OpenAsync(dataset.Root.Store);
        var plan = dataset.Root.At($"plans/{run.Name}.json");
        File.SetLastWriteTimeUtc(plan, DateTime.UnixEpoch);
        Assert.Empty(await run.FindLostAsync([], default));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(plan));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await run.FindLostAsync([], default));
        Assert.NotEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(plan));
    }

    [Fact]
    public async Task Dispose_OnAStoreThatDoesNotAnswer_EndsAllTheSame()
    {
        var run = await OpenAsync(new Silent(dataset.Root.Store));
        var closing = run.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        time.Advance(CleanUp.Limit);
        await closing.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    public void Dispose() => dataset.Dispose();

    private async Task<DatasetRun> OpenAsync(IObjectStore root, params string[] fingerprints)
    {
        var run = DatasetRun.Open(
            root, "a", [.. fingerprints.Select((fingerprint, at) => new SliceHeader(at, "list1", fingerprint, 10))], await DatasetContents.ReadAsync(root, "a", default),
            512L << 20, time, NullLogger.Instance, default);
        await run.MayPublish;
        return run;
    }

    private sealed class Looks(IObjectStore inner, Action look) : WrappedStore(inner)
    {
        public override ValueTask<ObjectStat?> StatAsync(string key, CancellationToken cancellation = default)
        {
            look();
            return base.StatAsync(key, cancellation);
        }
    }

    private sealed class Silent(IObjectStore inner) : WrappedStore(inner)
    {
        public override Task DeleteAsync(string key, CancellationToken cancellation = default) => Task.Delay(Timeout.Infinite, cancellation);
    }
}
