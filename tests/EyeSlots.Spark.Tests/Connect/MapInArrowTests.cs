using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Functions of a worker executable on every version, with the reference worker as their double.</summary>
public abstract class MapInArrowTests(SparkServerFixture spark)
{
    private static readonly Schema Numbers = Sessions.Numbers(1).Schema;

    [Fact]
    public async Task Echo_OfManyPartitions_ReturnsEveryRowInOrder()
    {
        await using var session = await OpenAsync();
        await session.Conf.SetAsync("spark.sql.leafNodeDefaultParallelism", "20");
        var frame = Sessions.Numbers(20).Frame(session).MapInArrow(new("echo"), Numbers);
        List<SparkProgress> reports = [];
        var rows = await frame.RowsAsync(new() { Progress = new Seen(reports.Add) });
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"[{i}, {(char)('a' + i)}]"), rows.Select(row => row.ToString()));

        // One row, one partition, one task.
        Assert.Equal(20, reports[^1].Tasks);
    }

    [Fact]
    public async Task Echo_OfEveryType_ComesBack()
    {
        await using var session = await OpenAsync();
        var batch = EveryType.Batch();
        var direct = await batch.Frame(session).RowsAsync();
        var mapped = await batch.Frame(session).MapInArrow(new("echo"), batch.Schema).RowsAsync();
        Assert.Equal(direct.Select(row => row.Values), mapped.Select(row => row.Values), RowComparer);
    }

    [Fact]
    public async Task Count_AboveAFunction_StillGivesItEveryColumn()
    {
        await using var session = await OpenAsync();
        Assert.Equal(7, await Sessions.Numbers(7).Frame(session).MapInArrow(new("echo"), Numbers).CountAsync());
        var query = await session.SqlAsync("SELECT id, CAST(id AS STRING) AS text FROM range(0, 100, 1, 3)");
        Assert.Equal(100, await query.MapInArrow(new("echo"), Numbers).CountAsync());
        Assert.Equal(0, await query.Limit(0).MapInArrow(new("echo"), Numbers).CountAsync());
    }

    [Theory]
    [InlineData("fail", "it broke")]
    [InlineData("late-fail", "it broke late")]
    public async Task Failure_OfTheFunction_ArrivesWithItsText(string function, string text)
    {
        await using var session = await OpenAsync();
        var error = await Assert.ThrowsAsync<SparkException>(() => Sessions.Numbers(2).Frame(session).MapInArrow(new(function), Numbers).RowsAsync());
        Assert.Contains($"EyeSlots.SampleError: {text}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crash_OfTheWorker_IsToldWithWhatTheServerKept()
    {
        await using var session = await OpenAsync();
        var error = await Assert.ThrowsAsync<SparkException>(() => Sessions.Numbers(2).Frame(session).MapInArrow(new("crash"), Numbers).RowsAsync());
        Assert.NotEmpty(error.Message);
        TestContext.Current.SendDiagnosticMessage("{0}: {1} | {2} | {3}", spark.Server.Version, error.Message, error.ErrorClass, error.ServerStackTrace?.Split('\n')[0]);
    }

    [Fact]
    public async Task Cancellation_OfARunningFunction_EndsItsOperation()
    {
        await using var session = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var frame = Sessions.Numbers(1).Frame(session).MapInArrow(new("slow"), Numbers);
        var running = frame.RowsAsync(new() { Progress = new Seen(report => { if (report.InFlightTasks > 0) cancel.Cancel(); }) }, cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(TimeSpan.FromSeconds(15)));
        Assert.Empty(await session.InterruptAllAsync());
    }

    [Fact]
    public async Task MapInArrow_IntoATypeThatSparkHasNot_IsRefusedHere()
    {
        await using var session = await OpenAsync();
        var schema = new Schema([new Field("big", UInt64Type.Default, true)], null);
        var error = Assert.Throws<ArgumentException>(() => Sessions.Numbers(1).Frame(session).MapInArrow(new("echo"), schema));
        Assert.StartsWith("Column 'big' is uint64, which Spark has not; use one of boolean, int8 to int64,", error.Message, StringComparison.Ordinal);
    }

    private static bool RowComparer(IReadOnlyList<object?> one, IReadOnlyList<object?> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First is Row ? $"{pair.First}" == $"{pair.Second}" : Equal(pair.First, pair.Second));

    private static bool Equal(object? one, object? other)
    {
        Assert.Equal(one, other);
        return true;
    }

    private async Task<SparkSession> OpenAsync()
    {
        var session = await Sessions.OpenAsync(spark.Server);
        var worker = ReferenceWorker.Write(Path.Combine(spark.Server.Folder, Path.GetRandomFileName()), session.ProtocolLevel);
        await session.Conf.SetAsync("spark.sql.execution.pyspark.python", worker);
        return session;
    }
}
