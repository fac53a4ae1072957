using System.Diagnostics;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Operations that are ended and watched, on every version.</summary>
public abstract class OperationTests(SparkServerFixture spark)
{
    private protected SparkServer Server => spark.Server;

    [Fact]
    public async Task Interrupt_OfAnOperation_EndsIt()
    {
        const string id = "6a000000-0000-4000-8000-00000000000a";
        await using var session = await Sessions.OpenAsync(Server);
        var (running, seen) = Watch(await session.SleepAsync(60), new() { OperationId = id });
        await seen;
        await Sessions.UntilAsync(async () => (await session.InterruptOperationAsync(id)).SequenceEqual([id]), "the interrupt of a running operation");
        var error = await Assert.ThrowsAsync<SparkException>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("OPERATION_CANCELED", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_OfATag_EndsWhatCarriesIt()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var (running, seen) = Watch(await session.SleepAsync(60), new() { Tags = ["night", "shift"] });
        await seen;
        await Sessions.UntilAsync(async () => (await session.InterruptTagAsync("shift")).Count == 1, "the interrupt of a tag");
        await Assert.ThrowsAsync<SparkException>(() => running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Empty(await session.InterruptTagAsync("other"));
    }

    [Fact]
    public async Task Cancellation_OfACall_EndsTheOperationOnTheServer()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var sleeping = await session.SleepAsync(60);
        using var cancel = new CancellationTokenSource();
        var (running, seen) = Watch(sleeping, new(), cancel.Token);
        await seen;
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"The cancellation took {watch.Elapsed}.");
        Assert.Empty(await session.InterruptAllAsync());
    }

    [Fact]
    public async Task Collect_ThatIsLeftEarly_EndsTheOperationOnTheServer()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var frame = await session.SqlAsync("SELECT id, repeat('x', 10000) FROM range(0, 1000000, 1, 1000)");
        await foreach (var batch in frame.CollectBatchesAsync()) break;
        Assert.Empty(await session.InterruptAllAsync());
    }

    [Fact]
    public async Task Cancellation_BeforeTheCall_SendsNothing()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var frame = Sessions.Numbers(1).Frame(session);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => frame.CountAsync(null, new CancellationToken(true)));
    }

    [Fact]
    public async Task Progress_OfManyTasks_GrowsToAllOfThem()
    {
        await using var session = await Sessions.OpenAsync(Server);
        List<SparkProgress> reports = [];
        var frame = await session.SqlAsync("SELECT id, java_method('java.lang.Thread', 'sleep', 200L) FROM range(0, 12, 1, 12)");
        Assert.Equal(12, (await frame.RowsAsync(new() { Progress = new Seen(reports.Add) })).Count);
        Assert.True(reports.Count >= 3, $"There were {reports.Count} reports.");
        Assert.Equal(reports.Select(report => report.CompletedTasks).Order(), reports.Select(report => report.CompletedTasks));
        Assert.Contains(reports, report => report.CompletedTasks is > 0 and < 12);
        Assert.Contains(reports, report => report.InFlightTasks > 0 && report.Tasks == 12);
    }

    [Theory]
    [InlineData("no-uuid", "OperationId is 'no-uuid'; it must be a UUID such as 00112233-4455-6677-8899-aabbccddeeff.")]
    public async Task OperationId_ThatIsNoUuid_IsRefusedHere(string id, string message)
    {
        await using var session = await Sessions.OpenAsync(Server);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Sessions.Numbers(1).Frame(session).CountAsync(new() { OperationId = id }));
        Assert.Equal(message, error.Message);
    }

    // 4.0 answers the interrupt of an operation that has not begun with an error of its own.
    private static (Task Running, Task Seen) Watch(DataFrame frame, ExecuteOptions options, CancellationToken cancellation = default)
    {
        var seen = new TaskCompletionSource();
        var running = frame.RowsAsync(options with { Progress = new Seen(_ => seen.TrySetResult()) }, cancellation);
        return (running, seen.Task.WaitAsync(TimeSpan.FromSeconds(20), CancellationToken.None));
    }
}

/// <summary>Hears of progress at once, on the thread that reports it.</summary>
internal sealed class Seen(Action<SparkProgress> see) : IProgress<SparkProgress>
{
    public void Report(SparkProgress value) => see(value);
}
