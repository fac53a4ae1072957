using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>What a session does on every version.</summary>
public abstract class SparkSessionTests(SparkServerFixture spark)
{
    private protected SparkServer Server => spark.Server;

    [Fact]
    public async Task Version_IsTheServers()
    {
        await using var session = await Sessions.OpenAsync(Server);
        Assert.Equal(Server.Version, session.Version);
        Assert.Equal(SparkVersions.LevelOf(Server.Version), session.ProtocolLevel);
    }

    [Fact]
    public async Task GetOrCreate_Blocking_ConnectsToo()
    {
        await using var session = SparkSession.Builder().Remote(Server.Remote).GetOrCreate();
        Assert.Equal(Server.Version, session.Version);
    }

    [Fact]
    public async Task Conf_IsSetReadAndUnset()
    {
        await using var session = await SparkSession.Builder().Remote(Server.Remote)
            .Config("spark.sql.shuffle.partitions", "7").Config("spark.eyeslots.unknown", "x").GetOrCreateAsync();
        Assert.Equal("7", await session.Conf.GetAsync("spark.sql.shuffle.partitions"));
        Assert.Equal("x", await session.Conf.GetAsync("spark.eyeslots.unknown"));
        Assert.Equal("none", await session.Conf.GetAsync("spark.sql.execution.arrow.compression.codec"));
        await session.Conf.SetAsync("spark.sql.shuffle.partitions", "8");
        Assert.Equal("8", await session.Conf.GetOptionAsync("spark.sql.shuffle.partitions"));
        await session.Conf.UnsetAsync("spark.sql.shuffle.partitions");
        Assert.Equal("200", await session.Conf.GetAsync("spark.sql.shuffle.partitions"));
        Assert.Null(await session.Conf.GetOptionAsync("spark.eyeslots.unset"));
        var missing = await Assert.ThrowsAsync<SparkException>(() => session.Conf.GetAsync("spark.eyeslots.unset"));
        Assert.Contains("spark.eyeslots.unset", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conf_ThatOnlyANewServerCanChange_IsRefused()
    {
        var error = await Assert.ThrowsAsync<SparkException>(() =>
            SparkSession.Builder().Remote(Server.Remote).Config("spark.sql.warehouse.dir", "/nowhere").GetOrCreateAsync());
        Assert.Contains("spark.sql.warehouse.dir", error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.ErrorClass);
    }

    [Fact]
    public async Task Sql_RunsCommandsAtOnceAndQueriesWhenAsked()
    {
        await using var session = await Sessions.OpenAsync(Server);
        await session.SqlAsync("CREATE TEMPORARY VIEW v AS SELECT id FROM range(5)");
        var query = await session.SqlAsync("SELECT id, CAST(id * 2 AS STRING) AS twice FROM v ORDER BY id DESC");
        Assert.Equal(5, await query.CountAsync());
        var rows = await query.Limit(2).RowsAsync();
        Assert.Equal(["[4, 8]", "[3, 6]"], rows.Select(row => row.ToString()));
        Assert.Equal(("8", 4L), (rows[0].GetAs<string>("twice"), rows[0].GetAs<long>("id")));
        Assert.Contains("id, twice", Assert.Throws<ArgumentException>(() => rows[0].Get("thrice")).Message, StringComparison.Ordinal);
        Assert.Equal(["id", "twice"], (await query.SchemaAsync()).FieldsList.Select(field => field.Name));
    }

    [Fact]
    public async Task Session_IsJoinedByItsId_AndClosedForGoodByStop()
    {
        await using var session = await Sessions.OpenAsync(Server);
        await Sessions.Numbers(3).Frame(session).CreateOrReplaceTempViewAsync("shared");
        var joining = $"{Server.Remote};session_id={session.SessionId}";
        var joined = await Sessions.OpenAsync(Server, remote: joining);
        Assert.Equal(3, await (await joined.SqlAsync("SELECT * FROM shared")).CountAsync());
        await joined.StopAsync();
        await joined.StopAsync();
        var error = await Assert.ThrowsAsync<SparkException>(() => session.SqlAsync("SELECT 1"));
        Assert.Contains("SESSION_CLOSED", error.Message + error.ErrorClass, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_OfALongText_ArrivesInFull()
    {
        await using var session = await Sessions.OpenAsync(Server);
        var column = string.Concat(Enumerable.Range(0, 2000).Select(i => $"_{i}"));
        var error = await Assert.ThrowsAsync<SparkException>(async () => await (await session.SqlAsync($"SELECT `{column}` FROM range(1)")).CountAsync());
        Assert.StartsWith("[UNRESOLVED_COLUMN.WITH_SUGGESTION]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"`{column}` cannot be resolved", error.Message, StringComparison.Ordinal);
        Assert.Contains("org.apache.spark.sql", error.ServerStackTrace, StringComparison.Ordinal);
        Assert.Equal(("UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703"), (error.ErrorClass, error.SqlState));
    }
}
