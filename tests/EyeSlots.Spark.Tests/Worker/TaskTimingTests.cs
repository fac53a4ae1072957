namespace EyeSlots.Spark.Tests.Worker;

/// <summary>What Spark adds up, over all tasks, to the times to start and to initialize workers.</summary>
public sealed class TaskTimingTests
{
    [Fact]
    public void FirstTask_BeginsWithItsConnection()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var spark = worker.Connect();
        var connected = Now();
        Thread.Sleep(600);
        AssertOrdered(Run(spark), latestBegin: connected + 500);
    }

    [Fact]
    public void NextTask_OfAConnectionThatWasIdle_BeginsWhenItComes()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var spark = worker.Connect();
        Run(spark);
        Thread.Sleep(200);
        var sent = Now();
        AssertOrdered(Run(spark), earliestBegin: sent);
    }

    private static long[] Run(SparkSide spark)
    {
        spark.Send(new Frame(41) { Command = """{"udf": "echo"}""" }.Bytes());
        return spark.Receive(41).Timing;
    }

    private static void AssertOrdered(long[] timing, long earliestBegin = 0, long latestBegin = long.MaxValue)
    {
        Assert.InRange(timing[0], earliestBegin, latestBegin);
        Assert.True(timing[0] <= timing[1] && timing[1] <= timing[2], string.Join(" ", timing));
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
