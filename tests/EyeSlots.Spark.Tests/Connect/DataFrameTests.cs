using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>Rows to the server and back on every version.</summary>
public abstract class DataFrameTests(SparkServerFixture spark)
{
    private protected SparkServer Server => spark.Server;

    [Fact]
    public async Task CreateDataFrame_OfEveryType_ComesBack()
    {
        await using var session = await Sessions.OpenAsync(Server);
        await session.Conf.SetAsync("spark.sql.session.timeZone", "America/New_York");
        var frame = session.CreateDataFrame(EveryType.Batch());
        var rows = await frame.RowsAsync();
        Assert.Equal(3, rows.Count);
        AssertValues(EveryType.FirstRow, rows[0]);
        AssertValues(EveryType.SecondRow, rows[1]);
        Assert.All(rows[2].Values, Assert.Null);
    }

    [Fact]
    public async Task Schema_OfEveryType_IsWhatWasSent()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var frame = session.CreateDataFrame(EveryType.Batch());
        var sent = (await frame.SchemaAsync()).FieldsList;
        await frame.CreateOrReplaceTempViewAsync("everything");
        var seen = (await (await session.SqlAsync("SELECT * FROM everything")).SchemaAsync()).FieldsList;
        Assert.Equal(sent.Select(field => (field.Name, field.DataType.TypeId)), seen.Select(field => (field.Name, field.DataType.TypeId)));
        Assert.Equal("38,18", string.Join(',', seen.Select(f => f.DataType).OfType<Decimal128Type>().Select(d => $"{d.Precision},{d.Scale}")));
    }

    [Fact]
    public async Task CreateDataFrame_WithoutRows_HasItsColumns()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var frame = session.CreateDataFrame(EveryType.Batch().Schema, []);
        Assert.Equal(0, await frame.CountAsync());
        Assert.Empty(await frame.RowsAsync());
        var batch = Assert.Single(await frame.CollectBatchesAsync().ToListAsync());
        Assert.Equal((0, 17), (batch.Length, batch.ColumnCount));
    }

    [Fact]
    public async Task CreateDataFrame_OfSeveralBatches_KeepsTheirOrder()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var batch = Sessions.Numbers(1000);
        var frame = session.CreateDataFrame(batch.Schema, [batch, batch, batch]);
        Assert.Equal(3000, await frame.CountAsync());
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)(i % 1000)), (await frame.RowsAsync()).Select(row => row.GetAs<long>(0)));
    }

    [Fact]
    public async Task CreateDataFrame_AboveTheThreshold_GoesThroughTheCacheOnce()
    {
        await using var session = await Sessions.OpenAsync(Server, new() { CacheThreshold = 1000 });
        foreach (var count in (int[])[100, 50_000])
        {
            var frame = session.CreateDataFrame(Sessions.Numbers(count, 20));
            Assert.Equal(count, await frame.CountAsync());
            Assert.Equal(count * (count - 1L) / 2, (await frame.RowsAsync()).Sum(row => row.GetAs<long>(0)));
            Assert.Equal(count, await session.CreateDataFrame(Sessions.Numbers(count, 20)).CountAsync());
        }
    }

    [Fact]
    public async Task CreateDataFrame_BeyondTheMessageLimit_Arrives()
    {
        // 160 MB in the long run, above the server's 128 MiB for a message.
        var (count, length) = LongRun.IsOn ? (1600, 100_000) : (200, 10_000);
        await using var session = await Sessions.OpenAsync(Server, new() { CacheThreshold = 100_000 });
        var frame = session.CreateDataFrame(Sessions.Numbers(count, length));
        await frame.CreateOrReplaceTempViewAsync("large");
        var row = Assert.Single(await (await session.SqlAsync("SELECT count(*), sum(length(text)) FROM large")).RowsAsync());
        Assert.Equal(((long)count, (long)count * length), (row.GetAs<long>(0), row.GetAs<long>(1)));
    }

    [Fact]
    public async Task Read_OfParquet_ReadsWhatSparkWrote()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var folder = Path.Combine(Server.Folder, Path.GetRandomFileName());
        await session.SqlAsync($"INSERT OVERWRITE DIRECTORY '{folder}' USING parquet SELECT id, id % 7 AS seventh FROM range(10000)");
        var frame = session.Read().Option("mergeSchema", "true").Parquet(folder);
        Assert.Equal(10_000, await frame.CountAsync());
        Assert.Equal(["id", "seventh"], (await frame.SchemaAsync()).FieldsList.Select(field => field.Name));
        var error = await Assert.ThrowsAsync<SparkException>(() => session.Read().Parquet("/no/such/folder").CountAsync());
        Assert.Equal("PATH_NOT_FOUND", error.ErrorClass);
    }

    [Fact]
    public async Task Collect_OfManyRows_KeepsTheirOrder()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var expected = 0L;
        await foreach (var batch in (await session.SqlAsync("SELECT id FROM range(0, 300000, 1, 8)")).CollectBatchesAsync())
        {
            foreach (var id in ((Int64Array)batch.Column(0)).Values) Assert.Equal(expected++, id);
        }

        Assert.Equal(300_000, expected);
    }

    private static void AssertValues(IReadOnlyList<object> expected, Row row)
    {
        for (var i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], row.Get(i) is Row inner ? inner.ToString() : row.Get(i));
    }
}
