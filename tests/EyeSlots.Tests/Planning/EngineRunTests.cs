using EyeSlots.Core.Planning;
using EyeSlots.Core.Storage;

namespace EyeSlots.Tests.Planning;

/// <summary>What engines have in common: results as they come, the first failure for all.</summary>
public sealed class EngineRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Results_OfPartsSideBySide_FlowWhileTheyWork()
    {
        var goOn = new TaskCompletionSource();
        await using var results = Results(CancellationToken.None, run =>
        {
            run.Add(Result("a"));
            return Task.WhenAll(run.GuardAsync(() => goOn.Task), run.GuardAsync(async () =>
            {
                await goOn.Task;
                run.Add(Result("b"));
            }));
        });
        Assert.Equal("a", await NextAsync(results));
        goOn.SetResult();
        Assert.Equal("b", await NextAsync(results));
        Assert.Null(await NextAsync(results));
    }

    [Fact]
    public async Task Results_APartFails_StopsTheOthersAndThrowsTheFirstFailure()
    {
        var ended = 0;
        await using var results = Results(CancellationToken.None, run => Task.WhenAll(Enumerable.Range(0, 3).Select(part => run.GuardAsync(async () =>
        {
            if (part == 1) throw new StorageException("first");
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Increment(ref ended);
            throw new StorageException("later");
        }))));
        Assert.Equal("first", (await Assert.ThrowsAsync<StorageException>(() => NextAsync(results))).Message);
        Assert.Equal(2, ended);
    }

    [Fact]
    public async Task Results_CancelledWhereAllPartsEndWell_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var results = Results(stop.Token, async run => await Task.Delay(Timeout.InfiniteTimeSpan, run.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
        var next = NextAsync(results);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task Results_NotReadToTheirEnd_StopTheRunBeforeTheyAreLeft()
    {
        var isOver = false;
        await using (var results = Results(CancellationToken.None, async run =>
        {
            run.Add(Result("a"));
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            isOver = true;
        }))
        {
            Assert.Equal("a", await NextAsync(results));
        }

        Assert.True(isOver);
    }

    private static IAsyncEnumerator<ShardResult> Results(CancellationToken cancellation, Func<EngineRun, Task> work) =>
        EngineRun.ResultsAsync(work, cancellation).GetAsyncEnumerator(CancellationToken.None);

    private static async Task<string?> NextAsync(IAsyncEnumerator<ShardResult> results) =>
        await results.MoveNextAsync().AsTask().WaitAsync(Patience) ? results.Current.Fingerprint : null;

    private static ShardResult Result(string fingerprint) => new()
    {
        Fingerprint = fingerprint, List = "list", Faces = 1, Rows = 1, Rejected = 0, RejectedByCode = new Dictionary<string, int>(),
        Bytes = 1, Sha256 = "", FaceKeysSha256 = "",
    };
}
