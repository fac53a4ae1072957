using Apache.Arrow;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>What most tests of sessions begin with.</summary>
internal static class Sessions
{
    public static Task<SparkSession> OpenAsync(SparkServer server, SparkSessionOptions? options = null, string? remote = null) =>
        SparkSession.Builder().Remote(remote ?? server.Remote).Options(options ?? new()).GetOrCreateAsync(TestContext.Current.CancellationToken);

    public static async Task<List<Row>> RowsAsync(this DataFrame frame, ExecuteOptions? options = null, CancellationToken cancellation = default)
    {
        List<Row> rows = [];
        await foreach (var row in frame.CollectAsync(options, cancellation)) rows.Add(row);
        return rows;
    }

    public static DataFrame Frame(this RecordBatch batch, SparkSession session) => session.CreateDataFrame(batch);

    /// <summary>Numbers from 0 with a text of a given length, which a hash of the number fills.</summary>
    public static RecordBatch Numbers(int count, int textLength = 1)
    {
        var numbers = new Int64Array.Builder();
        var texts = new StringArray.Builder();
        for (var i = 0; i < count; i++)
        {
            numbers.Append(i);
            texts.Append(new string((char)('a' + (i % 26)), textLength));
        }

        return new RecordBatch.Builder().Append("id", false, numbers.Build()).Append("text", false, texts.Build()).Build();
    }

    /// <summary>A query whose single task sleeps on the server; an interrupt wakes it.</summary>
    public static Task<DataFrame> SleepAsync(this SparkSession session, int seconds) =>
        session.SqlAsync($"SELECT id, java_method('java.lang.Thread', 'sleep', {seconds * 1000}L) FROM range(0, 1, 1, 1)");

    /// <summary>Waits for what another thread or the server brings about.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await condition()) return;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It did not come about in time: {what}.");
    }
}
