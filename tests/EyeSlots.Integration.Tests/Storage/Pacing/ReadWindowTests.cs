using EyeSlots.Storage.S3.Pacing;
using EyeSlots.Tests.Tools;

namespace EyeSlots.Integration.Tests.Storage.Pacing;

public sealed class ReadWindowTests
{
    private readonly JumpingTime time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task EnterAsync_AsManyAsMayBe_OthersGetTheirPlacesInTheOrderOfAsking()
    {
        var window = new ReadWindow(2, 1000, time);
        Permit[] places = [await Enter(window), await Enter(window)];
        Task<Permit>[] waiting = [Wait(window), Wait(window), Wait(window)];
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        places[1].Leave(ReadEnd.Answered);
        var next = await waiting[0];
        Assert.Equal((false, 2), (waiting[1].IsCompleted, window.InFlight));
        next.Leave(ReadEnd.Answered);
        await waiting[1];
        Assert.False(waiting[2].IsCompleted);
        places[0].Leave(ReadEnd.Failed);
        await waiting[2];
    }

    [Fact]
    public async Task EnterAsync_ReadThatTheServerSentAway_GoesBeforeThoseThatHaveNotAsked()
    {
        var window = new ReadWindow(1, 1000, time);
        var place = await Enter(window);
        var (fresh, again) = (Wait(window), Wait(window, wasRefused: true));
        place.Leave(ReadEnd.SlowDown);
        var first = await again;
        Assert.False(fresh.IsCompleted);
        first.Leave(ReadEnd.Answered);
        await fresh;
    }

    [Fact]
    public async Task EnterAsync_MoreBytesThanMayBe_WaitAndALargeReadGoesAlone()
    {
        var window = new ReadWindow(10, 1000, time);
        var (first, large) = (await Enter(window, 900), Wait(window, 5000));
        var small = Wait(window, 1);
        Assert.False(small.IsCompleted);
        first.Leave(ReadEnd.Answered);
        var alone = await large;
        Assert.False(small.IsCompleted);
        alone.Leave(ReadEnd.Answered);
        await small;
    }

    [Fact]
    public async Task EnterAsync_GivenUpWhileItWaits_LeavesItsTurnToTheNext()
    {
        var window = new ReadWindow(1, 1000, time);
        var place = await Enter(window);
        using var stop = new CancellationTokenSource();
        var (given, next) = (window.EnterAsync(1, false, stop.Token).AsTask(), Wait(window));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        place.Leave(ReadEnd.Answered);
        (await next).Leave(ReadEnd.Answered);
        Assert.Equal(0, window.InFlight);
    }

    [Fact]
    public async Task EnterAsync_FromManyThreads_NeverGivesMorePlacesThanMayBe()
    {
        var window = new ReadWindow(7, 1000, TimeProvider.System);
        var (inside, most) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, stop) =>
        {
            var place = await window.EnterAsync(1, number % 5 == 0, stop);
            InterlockedMax(ref most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            place.Leave(ReadEnd.Answered);
        });
        Assert.InRange(most, 2, 7);
        Assert.Equal(0, window.InFlight);
    }

    [Fact]
    public async Task SinceProgress_IsOfAnswersAlone()
    {
        var window = new ReadWindow(4, 1000, time);
        foreach (var end in (ReadEnd[])[ReadEnd.SlowDown, ReadEnd.Refused, ReadEnd.Failed]) (await Enter(window)).Leave(end);
        Assert.Null(window.SinceProgress);
        (await Enter(window)).Leave(ReadEnd.Answered);
        time.Advance(TimeSpan.FromSeconds(3));
        (await Enter(window)).Leave(ReadEnd.SlowDown);
        Assert.Equal(TimeSpan.FromSeconds(3), window.SinceProgress);
    }

    private static async Task<Permit> Enter(ReadWindow window, long bytes = 1)
    {
        var place = window.EnterAsync(bytes, false, CancellationToken.None);
        Assert.True(place.IsCompletedSuccessfully);
        return await place;
    }

    private static Task<Permit> Wait(ReadWindow window, long bytes = 1, bool wasRefused = false) => window.EnterAsync(bytes, wasRefused, CancellationToken.None).AsTask();

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); seen < value;) seen = Interlocked.CompareExchange(ref most, value, seen) is var before && before == seen ? value : before;
    }
}
