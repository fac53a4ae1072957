using EyeSlots.Storage.S3;

namespace EyeSlots.Integration.Tests.Storage.Gets;

/// <summary>One timer gives up tries that are silent for too long, and no others.</summary>
public sealed class AttemptWatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8), Eighth = TimeSpan.FromSeconds(1);
    private readonly SteppedTime time = new();
    private readonly AttemptWatch watch;

    public AttemptWatchTests() => watch = new(time, Limit);

    public void Dispose() => watch.Dispose();

    [Fact]
    public void Try_ThatIsSilent_IsGivenUpBetweenItsLimitAndAnEighthMore()
    {
        time.Go(TimeSpan.FromSeconds(3.3));
        using var attempt = Begin();
        time.Go(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(attempt.Token.IsCancellationRequested);
        time.Go(Eighth + TimeSpan.FromMilliseconds(1));
        Assert.True(attempt.Token.IsCancellationRequested);
    }

    [Fact]
    public void Progress_StartsTheLimitAnew()
    {
        using var attempt = Begin();
        for (var arrival = 0; arrival < 10; arrival++)
        {
            time.Go(TimeSpan.FromSeconds(7));
            attempt.Progress();
        }

        Assert.False(attempt.Token.IsCancellationRequested);
        time.Go(Limit + Eighth);
        Assert.True(attempt.Token.IsCancellationRequested);
    }

    [Fact]
    public void ManyTries_HaveOneTimer_AndEachItsOwnLimit()
    {
        using var first = Begin();
        time.Go(TimeSpan.FromSeconds(4));
        using var second = Begin();
        using var sending = watch.Begin(1, TimeSpan.FromSeconds(100), default);
        Assert.Equal(1, time.Timers);
        time.Go(TimeSpan.FromSeconds(5));
        Assert.Equal((true, false, false), (first.Token.IsCancellationRequested, second.Token.IsCancellationRequested, sending.Token.IsCancellationRequested));
        time.Go(TimeSpan.FromSeconds(5));
        Assert.Equal((true, false), (second.Token.IsCancellationRequested, sending.Token.IsCancellationRequested));
        time.Go(TimeSpan.FromSeconds(92));
        Assert.True(sending.Token.IsCancellationRequested);
    }

    [Fact]
    public void Try_ThatEndedInTime_IsLeftAlone()
    {
        var attempt = Begin();
        attempt.Dispose();
        time.Go(2 * Limit);
        Assert.False(attempt.Token.IsCancellationRequested);
    }

    [Fact]
    public void Caller_WhoGivesUp_EndsTheTryAtOnce_AndNotAfterIt()
    {
        using var caller = new CancellationTokenSource();
        using var running = watch.Begin(1, Limit, caller.Token);
        var ended = watch.Begin(1, Limit, caller.Token);
        ended.Dispose();
        caller.Cancel();
        Assert.Equal((true, false), (running.Token.IsCancellationRequested, ended.Token.IsCancellationRequested));
        using var late = watch.Begin(1, Limit, caller.Token);
        Assert.True(late.Token.IsCancellationRequested);
    }

    [Fact]
    public void Watch_ThatHasEnded_LeavesNoTimer()
    {
        using var attempt = Begin();
        watch.Dispose();
        Assert.Equal(0, time.Timers);
        using var late = Begin();
        Assert.Equal(0, time.Timers);
    }

    private S3Attempt Begin() => watch.Begin(1, Limit, default);
}
