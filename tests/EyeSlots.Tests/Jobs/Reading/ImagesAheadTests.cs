using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>Images are given as they arrive, each once, whatever stalls or fails.</summary>
public sealed class ImagesAheadTests : IDisposable
{
    private readonly AheadScene scene = new();

    public void Dispose() => scene.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Next_ReadsEndInAnyOrder_GivesEachImageOnceAndInThatOrder(int seed)
    {
        await using var images = scene.Open([scene.Slice("a", Sizes(20)), scene.Slice("b", Sizes(20)), scene.Slice("c", Sizes(20))]);
        var next = images.TakePathAsync();
        await scene.Store.AskedAsync(60);
        var order = scene.Store.Asked.ToArray();
        Assert.Equal(60, order.Distinct().Count());
        new Random(seed).Shuffle(order);
        foreach (var path in order)
        {
            scene.Store.End(path);
            Assert.Equal(path, await next);
            next = images.TakePathAsync();
        }

        Assert.Null(await next);
        Assert.Equal((60, 0L), (scene.Store.Asked.Count, scene.Budget.Taken));
    }

    [Fact]
    public async Task Next_OneReadStalls_GivesAllOthersMeanwhile()
    {
        await using var images = scene.Open(Enumerable.Range(0, 20).Select(at => scene.Slice($"{at:D2}", Sizes(10))));
        for (var at = 1; at < 200; at++) scene.Store.End($"{at / 10:D2}/{at % 10}");
        for (var at = 1; at < 200; at++) Assert.NotEqual("00/0", await images.TakePathAsync());
        scene.Store.End("00/0");
        Assert.Equal("00/0", await images.TakePathAsync());
        Assert.Null(await images.TakePathAsync());
    }

    [Fact]
    public async Task Next_OneReadOfEachSliceStalls_HasTwelveSlicesOpen()
    {
        await using var images = scene.Open(Enumerable.Range(0, 20).Select(at => scene.Slice($"{at:D2}", Sizes(10))));
        for (var at = 0; at < 200; at++) if (at % 10 != 0) scene.Store.End($"{at / 10:D2}/{at % 10}");
        for (var at = 0; at < 12 * 9; at++) Assert.NotNull(await images.TakePathAsync());
        var next = images.TakePathAsync();
        scene.Store.End("05/0");
        Assert.Equal("05/0", await next);
        Assert.Equal(12 * 10, scene.Store.Asked.Count);
        Assert.StartsWith("12/", await images.TakePathAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_CropsThatWaitAreHuge_GoesOnWithTheOldestSliceAlone()
    {
        var (oldest, later) = (scene.Slice("oldest", Sizes(2)), scene.Slice("later", Sizes(2)));
        oldest.CropBytes = 1 << 30;
        await using var images = scene.Open([oldest, later]);
        foreach (var path in new[] { "later/0", "later/1", "oldest/1" }) scene.Store.End(path);
        Assert.Equal("oldest/1", await images.TakePathAsync());
        var next = images.TakePathAsync();
        scene.Store.End("oldest/0");
        Assert.Equal("oldest/0", await next);
        Assert.Equal(["later/0", "later/1"], [await images.TakePathAsync(), await images.TakePathAsync()]);
        Assert.Null(await images.TakePathAsync());
    }

    [Fact]
    public async Task Next_FacesOfOneImage_ShareItsReadAndThoseWithoutNeedNone()
    {
        var (one, other) = (scene.Face("one", 10), scene.Face("other", 20));
        await using var images = scene.Open([new(AheadScene.Face(ImageIdentity.Absent), one, one, one, other, AheadScene.Face(ImageIdentity.Outside("away")))]);
        scene.Store.End("one");
        scene.Store.End("other");
        List<(int First, int Count, int Bytes)> given = [];
        while (await images.TakeAsync() is { } image) given.Add((image.Faces.First, image.Faces.Count, image.Fetched));
        Assert.Equal([(0, 1, 0), (1, 3, 10), (4, 1, 20), (5, 1, 0)], given.Order());
        Assert.Equal(["one", "other"], scene.Store.Asked);
    }

    [Fact]
    public async Task AskRest_OfAStart_GivesTheImageAgainAndOthersBefore()
    {
        scene.Guess = (image, _) => image.Path == "one" ? 4 : image.Size;
        var one = scene.Face("one", 10);
        await using var images = scene.Open([new(one, one, scene.Face("other", 20))]);
        scene.Store.End("one to 4");
        var start = (await images.NextAsync())!.Value;
        Assert.Equal((4, 4, new(0, 2)), (start.Read.Content.Length, start.Fetched, start.Faces));
        start.Slice.Finish(1);
        images.AskRest(1);
        var next = images.TakeAsync();
        scene.Store.End("other");
        Assert.Equal(20, (await next)!.Value.Fetched);
        next = images.TakeAsync();
        scene.Store.End("one from 4");
        var whole = (await next)!.Value;
        Assert.Equal((10, 6, new(1, 1)), (whole.Read.Content.Length, whole.Fetched, whole.Faces));
        Assert.Null(await images.TakeAsync());
        Assert.Equal(0, scene.Budget.Taken);
    }

    [Fact]
    public async Task Next_AReadFails_ThrowsThatAndEndsTheOthers()
    {
        var images = scene.Open([scene.Slice("a", Sizes(9)), scene.Slice("b", Sizes(9))]);
        var next = images.TakePathAsync();
        await scene.Store.AskedAsync(18);
        scene.Store.End("b/5", new StorageException("broken"));
        Assert.Equal("broken", (await Assert.ThrowsAsync<StorageException>(() => next)).Message);
        scene.Store.End("a/0");
        await images.DisposeAsync();
        Assert.Empty(scene.Store.Running);
        Assert.InRange(scene.Store.Cancelled, 16, 17);
        Assert.Equal(0, scene.Budget.Taken);
    }

    [Fact]
    public async Task Cancelled_ByTheCaller_EndsAllReads()
    {
        using var stop = new CancellationTokenSource();
        var images = scene.Open([scene.Slice("a", Sizes(9))], stop.Token);
        var next = images.TakePathAsync();
        await scene.Store.AskedAsync(9);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await images.DisposeAsync();
        Assert.Equal((0, 9, 0L), (scene.Store.Running.Count, scene.Store.Cancelled, scene.Budget.Taken));
    }

    private static int[] Sizes(int count) => [.. Enumerable.Range(100, count)];
}
