using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;

namespace EyeSlots.Tests.Jobs.Reading;

/// <summary>Bounds on what is read ahead: bytes of a process, reads of a worker, large images.</summary>
public sealed class ImagesAheadBoundsTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private readonly AheadScene scene = new(budget: 32 * Megabyte);

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task Reads_OfLargeImages_AreBoundedByBytes()
    {
        await using var images = scene.Open([scene.Slice("a", [.. Enumerable.Repeat(5 * Megabyte, 10)])]);
        var next = images.TakePathAsync();
        for (var taken = 0; taken < 4; taken++)
        {
            await scene.Store.AskedAsync(6 + taken);
            scene.Store.End($"a/{taken}");
            Assert.Equal($"a/{taken}", await next);
            Assert.Equal(6 + taken, scene.Store.Asked.Count);
            Assert.Equal(30 * Megabyte, scene.Budget.Taken);
            next = images.TakePathAsync();
        }

        for (var at = 4; at < 10; at++) scene.Store.End($"a/{at}");
        await next;
    }

    [Fact]
    public async Task Reads_ThatWaitForRoom_AreGuessedOnce()
    {
        var guesses = new Dictionary<string, int>();
        scene.Guess = (image, _) =>
        {
            guesses[image.Path] = guesses.GetValueOrDefault(image.Path) + 1;
            return image.Size;
        };
        await using var images = scene.Open([scene.Slice("a", [.. Enumerable.Repeat(5 * Megabyte, 10)])]);
        for (var at = 0; at < 10; at++)
        {
            scene.Store.End($"a/{at}");
            Assert.Equal($"a/{at}", await images.TakePathAsync());
        }

        Assert.Equal(10, guesses.Count);
        Assert.All(guesses.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Reads_OfSmallImages_BecomeMoreUpToABoundOnTheirNumber()
    {
        await using var images = scene.Open(Enumerable.Range(0, 4).Select(at => scene.Slice($"{at}", [.. Enumerable.Repeat(10, 300)])));
        var next = images.TakePathAsync();
        await scene.Store.AskedAsync(64);
        for (var taken = 0; taken < 300; taken++)
        {
            Assert.Equal(taken + Math.Min(512, 64 + (4 * taken)), scene.Store.Asked.Count);
            scene.Store.End($"0/{taken}");
            Assert.Equal($"0/{taken}", await next);
            next = images.TakePathAsync();
            await scene.Store.AskedAsync(taken + 1 + Math.Min(512, 64 + (4 * (taken + 1))));
        }

        scene.Store.End("1/0");
        await next;
    }

    [Fact]
    public async Task LargeImages_OfTwoWorkers_AreReadOnceAndOneAtATime()
    {
        await using var one = scene.Open([scene.Slice("one", 40 * Megabyte, 10)]);
        await using var other = scene.Open([scene.Slice("other", 17 * Megabyte, 10)]);
        var first = one.TakePathAsync();
        await scene.Store.AskedAsync(2);
        Assert.Equal(["one/0", "one/1"], scene.Store.Running.Order());
        var second = other.TakePathAsync();
        scene.Store.End("other/1");
        Assert.Equal("other/1", await second);
        second = other.TakePathAsync();
        scene.Store.End("one/0");
        Assert.Equal("one/0", await first);
        Assert.DoesNotContain("other/0", scene.Store.Asked);
        first = one.TakePathAsync();
        await scene.Store.AskedAsync(4);
        scene.Store.End("other/0");
        Assert.Equal("other/0", await second);
        scene.Store.End("one/1");
        Assert.Equal("one/1", await first);
        Assert.Equal([null, null], [await one.TakePathAsync(), await other.TakePathAsync()]);
        Assert.Equal(["one/0", "one/1", "other/0", "other/1"], scene.Store.Asked.Order());
        Assert.Equal(0, scene.Budget.Taken);
    }

    [Fact]
    public async Task Reads_OfAllTasksOfAJob_ShareOneBound()
    {
        using var gate = new MemoryGate(128 * Megabyte);
        using var cutter = new FaceCutter(scene.Store, new(), gate);
        using var stop = new CancellationTokenSource();
        GivenCuts[] slices = [.. Enumerable.Range(0, 4).Select(at => scene.Slice($"{at}", [.. Enumerable.Repeat(2 * Megabyte, 20)]))];
        Task[] tasks = [.. slices.Select(slice => CutAsync(cutter, slice, stop.Token))];
        await scene.Store.AskedAsync(16);
        await stop.CancelAsync();
        foreach (var task in tasks) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.InRange(scene.Store.Asked.Count, 16, 16 + tasks.Length);
        Assert.Empty(scene.Store.Running);
    }

    [Fact]
    public async Task LargeImage_GivenUpWhileAnotherWaits_LetsThatGoOn()
    {
        using var stop = new CancellationTokenSource();
        var one = scene.Open([scene.Slice("one", 17 * Megabyte)], stop.Token);
        var first = one.TakePathAsync();
        await scene.Store.AskedAsync(1);
        await using var other = scene.Open([scene.Slice("other", 17 * Megabyte)]);
        var second = other.TakePathAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await one.DisposeAsync();
        scene.Store.End("other/0");
        Assert.Equal("other/0", await second);
    }

    private static async Task CutAsync(FaceCutter cutter, GivenCuts slice, CancellationToken cancellation)
    {
        await foreach (var _ in cutter.CutAsync([slice], cancellation)) Assert.Fail("No image is there.");
    }
}
