using EyeSlots.Core.Storage;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Tests.Jobs.Interleavings;

/// <summary>
/// Runs, repairs and collections of garbage beside each other, stopped at each of their calls: no generation ever names a missing or
/// another shard, and what was superseded is told so.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper output) : IDisposable
{
    private readonly Scene scene = new();
    private readonly Interleaving interleaving = new(static () =>
        Task.FromResult<IObjectStore>(new MemoryStore("s3://root") { Written = TimeProvider.System.GetUtcNow() }));

    [Fact]
    public async Task RunBesideRun_OfTheSameLists_MakesOneGeneration()
    {
        var ends = await PassAsync(new(), scene.Run("x"), scene.Run("x"));
        Assert.Equal(["committed", "kept"], ends.Order());
    }

    [Fact]
    public async Task RunBesideRun_OfOtherLists_IsSupersededUntilItLooks()
    {
        var ends = await PassAsync(new(), scene.Run("x"), scene.Run("y"));
        Assert.Equal(["committed", "superseded"], ends.Order());
        ends = await PassAsync(await Scene.AfterAsync(scene.Run("z")), scene.Run("x"), scene.Run("y"), scene.Run("z"), Scene.Collect(), Scene.Collect());
        Assert.Equal(["committed", "superseded"], ends.Order());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("orphans")]
    [InlineData("orphans beside a generation")]
    [InlineData("damaged orphans")]
    [InlineData("damaged quarantine")]
    [InlineData("a damaged generation")]
    public async Task RunBesideGarbageCollection_WhateverIsThere_NamesOnlyWhatStays(string start)
    {
        var files = await scene.StartAsync(start);
        await PassAsync(files, scene.Run("x"), Scene.Collect());
        await PassAsync(files, Scene.Collect(), scene.Run("x"));
        await PassAsync(files, scene.Run("x", "b"), Scene.Collect(), Scene.Collect());
        await PassAsync(files, Scene.Collect(), scene.Run("x", "b"));
        await PassAsync(files, scene.LateRun("x"), Scene.Collect());
        await PassAsync(files, Scene.Collect(), scene.LateRun("x"));
        await PassAsync(files, scene.LateRun("x", "b"), Scene.Collect(), scene.LateRun("x"), Scene.Collect());
    }

    [Theory]
    [InlineData("damaged orphans")]
    [InlineData("damaged quarantine")]
    [InlineData("a damaged generation")]
    public async Task RepairBesideRepair_OfTheSameShards_NeverTakesAwayAGoodOne(string start)
    {
        var files = await scene.StartAsync(start);
        await PassAsync(files, scene.Run("x"), scene.Run("x"));
        await PassAsync(files, scene.Run("x"), scene.Run("x"), Scene.Collect());
    }

    [Fact]
    public async Task GarbageCollectionBesideItself_OfGenerationsAndOrphans_LeavesWhatIsNeeded()
    {
        var files = await Scene.AfterAsync(scene.Run("x"), scene.Run("y"), scene.Run("z"));
        await PassAsync(files, Scene.Collect(2), Scene.Collect());
        await PassAsync(files, Scene.Collect(), Scene.Collect(2));
        await PassAsync(files, Scene.Collect(), scene.Run("x"), Scene.Collect());
    }

    [Fact]
    public async Task ReaderBesideGarbageCollection_OfAnOldGeneration_IsToldThatItIsGoneOrReadsAllOfIt()
    {
        var files = await scene.StartAsync("three generations");
        Assert.Equal(["gone", "read"], (await PassAsync(files, Scene.Read(1), Scene.Collect())).Order());
        await PassAsync(files, Scene.Collect(), Scene.Read(1));
        await PassAsync(files, Scene.Collect(), Scene.Read(1), Scene.Collect());
        Count(await interleaving.OthersFollowAKillAsync(files, Scene.Read(1), Scene.Collect()));
    }

    [Fact]
    public async Task ReaderOfTheNewest_BesideARunAndGarbageCollection_AlwaysReadsOne() =>
        Assert.Equal(["read"], await PassAsync(await Scene.AfterAsync(scene.Run("x")), Scene.Read(), scene.Run("y"), Scene.Collect()));

    [Theory]
    [InlineData("nothing")]
    [InlineData("orphans")]
    [InlineData("orphans beside a generation")]
    [InlineData("damaged orphans")]
    [InlineData("a damaged generation")]
    public async Task AKill_AtAnyCall_LeavesNoHoleAndTheNextRunEnds(string start)
    {
        var files = await scene.StartAsync(start);
        Count(await interleaving.OthersFollowAKillAsync(files, scene.Run("x"), scene.Run("x")));
        Count(await interleaving.OthersFollowAKillAsync(files, scene.Run("x"), Scene.Collect(), scene.Run("x")));
        Count(await interleaving.OthersFollowAKillAsync(files, Scene.Collect(), scene.Run("x")));
        Count(await interleaving.OthersFollowAKillAsync(files, scene.LateRun("x"), Scene.Collect(), scene.Run("x")));
    }

    /// <summary>Each of the two at each of its calls; the long form takes all of them.</summary>
    [Theory]
    [InlineData("orphans", "run", "run")]
    [InlineData("orphans", "run", "gc")]
    [InlineData("orphans", "late", "gc")]
    [InlineData("orphans", "gc", "late")]
    [InlineData("orphans", "gc", "run")]
    [InlineData("orphans", "other", "gc")]
    [InlineData("orphans", "gc", "other")]
    [InlineData("orphans beside a generation", "run", "gc")]
    [InlineData("orphans beside a generation", "gc", "run")]
    [InlineData("orphans beside a generation", "gc", "gc")]
    [InlineData("damaged orphans", "run", "run")]
    [InlineData("damaged orphans", "gc", "run")]
    [InlineData("a damaged generation", "run", "run")]
    [InlineData("a damaged generation", "run", "gc")]
    [InlineData("three generations", "reader", "gc")]
    [InlineData("three generations", "gc", "reader")]
    public async Task Both_StoppedAtTwoCalls_EndSound(string start, string first, string second)
    {
        var some = new Interleaving(static () => Task.FromResult<IObjectStore>(new MemoryStore("s3://root") { Written = TimeProvider.System.GetUtcNow() }))
        {
            // A run beside a collection takes all calls: that plans are read before manifests shows at one pair of them alone.
            Every = LongRun.Count((start, second) is ("orphans", "gc") or ("three generations", _) ? 1 : 7, 1),
        };
        Count(await some.BothStopAsync(await scene.StartAsync(start), ActorOf(first), ActorOf(second)));
    }

    public void Dispose() => scene.Dispose();

    private Actor ActorOf(string name) => name switch
    {
        "run" => scene.Run("x"),
        "late" => scene.LateRun("x"),
        "other" => scene.Run("x", "b"),
        "reader" => Scene.Read(1),
        _ => Scene.Collect(),
    };

    private async Task<HashSet<string>> PassAsync(Files start, Actor first, params Actor[] others)
    {
        var (count, ends) = await interleaving.OthersPassAsync(start, first, others);
        Count(count);
        return ends;
    }

    private void Count(int interleavings)
    {
        Assert.True(interleavings > 0);
        output.WriteLine($"{interleavings} interleavings");
    }
}
