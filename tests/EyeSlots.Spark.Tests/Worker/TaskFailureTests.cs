using System.Diagnostics;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using EyeSlots.Spark.Worker;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Errors and cancellation over real sockets, with Spark in the middle of whatever it was sending.</summary>
public sealed class TaskFailureTests
{
    [Fact]
    public void Error_BeforeOutput_ReachesSparkThoughItIsStillSending()
    {
        using var worker = new RunningWorker(_ => new Sample((_, _, _) => throw new InvalidOperationException("it broke")));
        using var spark = worker.Connect();
        spark.Send(new Frame(41).Header());
        spark.Send(Frame.Input([.. Enumerable.Range(0, 20_000)]));
        var reply = spark.Receive(41);
        Assert.StartsWith("System.InvalidOperationException: it broke\n   at ", reply.Error);
        Assert.True(spark.IsClosed());
    }

    [Fact]
    public void Error_AfterOutput_ComesAfterTheEndOfItsStream()
    {
        using var worker = new RunningWorker(_ => new Sample((input, _, _) => Sample.EchoThenFail(input)));
        using var spark = worker.Connect();
        spark.Send(new Frame(43).Bytes());
        var reply = spark.Receive(43);
        Assert.Equal(["(1)"], reply.Batches.SelectMany(BatchText.Rows));
        Assert.StartsWith("EyeSlots.SampleError: it broke late", reply.Error);
    }

    [Fact]
    public async Task Error_OfOneTask_LeavesTheOthersAlone()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var good = worker.Connect();
        using (var bad = worker.Connect())
        {
            bad.Send(Vector.Of("4.1.4", "fail-0").FromSpark);
            Assert.NotNull(bad.Receive(41).Error);
        }

        await worker.Logged("partition 0 attempt 0 task 6: failed: EyeSlots.SampleError: it broke");
        good.Send(Vector.Of("4.1.4", "simple-1").FromSpark);
        Assert.Equal(-4, good.Receive(41).End);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Task_WhoseConnectionSparkCloses_IsCancelled(bool inputUnread)
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        using var worker = new RunningWorker(_ => new Sample((_, _, cancellation) => Wait(begun, cancelled, cancellation)));
        using (var spark = worker.Connect())
        {
            spark.Send(new Frame(42).Header());
            if (inputUnread) spark.Send([.. Frame.Input([.. Enumerable.Range(0, 500)]), .. Frame.Int32(-4)]);
            await begun.Task;
        }

        var start = Stopwatch.GetTimestamp();
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(2));
        await worker.Logged("partition 7 attempt 2 task 5000000000: cancelled: Spark closed the connection");
        using var next = worker.Connect();
    }

    [Fact]
    public async Task Task_WhoseOutputSparkStopsReading_IsCancelled()
    {
        using var worker = new RunningWorker(_ => new Sample((input, _, _) => Endless(input)));
        using (var spark = worker.Connect())
        {
            spark.Send(new Frame(40).Bytes());
            Assert.Equal(-6, Reply.Int32(spark.Stream));
        }

        await worker.Logged("cancelled: Spark closed the connection");
    }

    [Fact]
    public void Function_ThatWaitsBetweenBatches_GoesOnWhereItWas()
    {
        using var worker = new RunningWorker(_ => new Sample((input, _, _) => Slowly(input)));
        using var spark = worker.Connect();
        spark.Send([.. new Frame(41).Header(), .. Frame.Input(1, 2, 3, 4, 5)]);
        spark.Send(Frame.Int32(-4));
        var reply = spark.Receive(41);
        Assert.Equal(["(1)", "(2)", "(3)", "(4)", "(5)"], reply.Batches.SelectMany(BatchText.Rows));
        Assert.Equal(-4, reply.End);
    }

    private static async IAsyncEnumerable<RecordBatch> Wait(TaskCompletionSource begun, TaskCompletionSource cancelled, [EnumeratorCancellation] CancellationToken cancellation)
    {
        cancellation.Register(cancelled.SetResult);
        begun.SetResult();
        await Task.Delay(Timeout.Infinite, cancellation);
        yield break;
    }

    private static async IAsyncEnumerable<RecordBatch> Endless(IAsyncEnumerable<RecordBatch> input)
    {
        await foreach (var batch in input)
        {
            while (true) yield return batch;
        }
    }

    private static async IAsyncEnumerable<RecordBatch> Slowly(IAsyncEnumerable<RecordBatch> input)
    {
        await foreach (var batch in input)
        {
            await Task.Delay(5);
            yield return batch;
        }
    }
}
