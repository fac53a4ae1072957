using System.Diagnostics;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Connections that break and servers that stand still.</summary>
[Collection(nameof(Spark41))]
public class BrokenConnectionTests(Spark41 spark)
{
    private SparkServer Server => spark.Server;

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public async Task Collect_OverAConnectionThatBreaks_HasEveryRowOnce(int cutAfter)
    {
        await using var proxy = new CuttingProxy(Server.Port, cutAfter);
        await using var session = await Sessions.OpenAsync(Server, remote: Server.RemoteAt(proxy.Port));

        // 40 batches of 75 kB each.
        var frame = await session.SqlAsync("SELECT id, repeat('x', 75000) AS text FROM range(0, 40, 1, 40)");
        var rows = await frame.RowsAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), rows.Select(row => row.GetAs<long>(0)));
        Assert.All(rows, row => Assert.Equal(75_000, row.GetAs<string>(1)!.Length));
        Assert.True(proxy.Cuts >= 3_000_000 / cutAfter - 1, $"There were {proxy.Cuts} cuts.");
    }

    [Fact]
    public async Task Collect_WhoseConnectionBreaksWhileItWaits_GoesOn()
    {
        await using var proxy = new CuttingProxy(Server.Port);
        await using var session = await Sessions.OpenAsync(Server, remote: Server.RemoteAt(proxy.Port));
        var running = (await session.SleepAsync(3)).RowsAsync();
        for (var i = 0; i < 4; i++)
        {
            await Task.Delay(400, TestContext.Current.CancellationToken);
            proxy.CutAll();
        }

        Assert.Single(await running);
        Assert.True(proxy.Cuts >= 3, $"There were {proxy.Cuts} cuts.");
    }

    [Fact]
    public async Task Upload_OverAConnectionThatBreaks_Arrives()
    {
        await using var proxy = new CuttingProxy(Server.Port);
        await using var session = await Sessions.OpenAsync(Server, new() { CacheThreshold = 0 }, Server.RemoteAt(proxy.Port));
        var frame = session.CreateDataFrame(Sessions.Numbers(300, 100_000));
        var count = frame.CountAsync();
        await Task.Delay(20, TestContext.Current.CancellationToken);
        proxy.CutAll();
        Assert.Equal(300, await count);
    }

    [Fact]
    public async Task ServerThatIsGone_IsToldWhenTheTriesAreUsedUp()
    {
        var proxy = new CuttingProxy(Server.Port);
        var port = proxy.Port;
        var quick = new SparkSessionOptions { MaxTries = 4, FirstRetryDelay = TimeSpan.FromMilliseconds(20) };
        await using var session = await Sessions.OpenAsync(Server, quick, Server.RemoteAt(proxy.Port));
        var running = (await session.SleepAsync(20)).RowsAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await proxy.DisposeAsync();
        var error = await Assert.ThrowsAsync<SparkConnectionException>(() => running);
        Assert.Equal($"Nothing listens at sc://127.0.0.1:{port}; start Spark Connect there, or correct host and port.", error.Message);
    }

    [Fact]
    public async Task ServerThatStandsStill_IsReportedWithWhatToDo()
    {
        await using var session = await Sessions.OpenAsync(Server, new() { StallTimeout = TimeSpan.FromSeconds(2), ConnectTimeout = TimeSpan.FromSeconds(2) });
        var running = (await session.SleepAsync(120)).RowsAsync();
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Server.Stop();
        try
        {
            var watch = Stopwatch.StartNew();
            var error = await Assert.ThrowsAsync<SparkStalledException>(() => running);
            Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));
            Assert.StartsWith($"Operation {error.OperationId} at sc://127.0.0.1:{Server.Port} has shown nothing new for 2 s (0 of 1 tasks done, 1 running).", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("The server does not answer any more: look whether it is stopped or out of memory, and start it again.", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Server.Continue();
        }

        await session.InterruptAllAsync();
    }

    [Fact]
    public async Task OperationThatStandsStill_IsReportedAndEnded()
    {
        await using var session = await Sessions.OpenAsync(Server, new() { StallTimeout = TimeSpan.FromSeconds(3) }); // longer than a busy server takes to start the task
        var error = await Assert.ThrowsAsync<SparkStalledException>(async () => await (await session.SleepAsync(60)).RowsAsync());
        Assert.Contains("The server still answers: look at its Spark UI", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Progress?.InFlightTasks);
        Assert.Empty(await session.InterruptAllAsync());
    }

    [Fact]
    public async Task OperationThatShowsProgress_IsNotTakenForStalled()
    {
        await using var session = await Sessions.OpenAsync(Server, new() { StallTimeout = TimeSpan.FromSeconds(1) });
        var frame = await session.SqlAsync("SELECT id, java_method('java.lang.Thread', 'sleep', 300L) FROM range(0, 16, 1, 16)");
        Assert.Equal(16, (await frame.RowsAsync()).Count);
    }
}
