using System.Net.Sockets;
using EyeSlots.Spark.Worker;
using EyeSlots.Spark.Worker.Daemon;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>The worker's process over real sockets: how it begins, whom it serves, and when it ends.</summary>
public sealed class DaemonTests
{
    [Fact]
    public void Connection_WithTheSecret_IsServed()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var spark = worker.Connect();
        var vector = Vector.Of("4.1.4", "simple-0");
        spark.Send(vector.FromSpark);
        Assert.Equal(["(0 | row 0 é)", "(1 | row 1 é)"], spark.Receive(41).Batches.SelectMany(BatchText.Rows));
    }

    [Theory]
    [InlineData("another")]
    [InlineData("")]
    [InlineData(RunningWorker.Secret + "x")]
    public async Task Connection_WithAnotherSecret_IsToldSoAndClosed(string secret)
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var stranger = worker.Connect(secret);
        Assert.True(stranger.IsClosed());
        await worker.Logged("its secret is wrong");
        using var spark = worker.Connect();
        spark.Send(new Frame(41) { Command = """{"udf": "echo"}""" }.Bytes());
        Assert.Equal(-4, spark.Receive(41).End);
    }

    [Fact]
    public void Connection_WithAnImpossibleSecret_IsClosedWithoutReadingIt()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var stranger = worker.Connect(secret: null);
        stranger.Send(Frame.Int32(int.MaxValue));
        Assert.True(stranger.IsClosed());
    }

    [Fact]
    public void Connection_AfterATask_ServesTheNextOfAnyLevel()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand);
        using var spark = worker.Connect();
        foreach (var vector in Vector.All.Where(vector => vector.Case is "simple" or "empty" or "types"))
        {
            spark.Send(vector.FromSpark);
            var reply = spark.Receive(vector.Level.Number);
            Assert.Equal(Reply.Read(vector.ToSpark, vector.Level.Number).Batches.SelectMany(BatchText.Rows), reply.Batches.SelectMany(BatchText.Rows));
            Assert.Equal(-4, reply.End);
        }
    }

    [Fact]
    public void Connections_OfTwoTasks_RunAtTheSameTime()
    {
        using var both = new CountdownEvent(2);
        using var worker = new RunningWorker(_ => new Sample((input, _, cancellation) =>
        {
            both.Signal();
            Assert.True(both.Wait(TimeSpan.FromSeconds(20), cancellation));
            return input;
        }));
        using var first = worker.Connect();
        using var second = worker.Connect();
        first.Send(new Frame(43).Bytes());
        second.Send(new Frame(35).Bytes());
        Assert.Equal((-4, -4), (first.Receive(43).End, second.Receive(35).End));
    }

    [Fact]
    public async Task Worker_WithoutConnection_StopsListeningAndEnds()
    {
        using var worker = new RunningWorker(Sample.OfRecordedCommand, idleSeconds: 1);
        using (var spark = worker.Connect())
        {
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            Assert.False(worker.Exit.IsCompleted);
        }

        Assert.Equal(0, await worker.ExitInTime);
        Assert.Throws<SocketException>(() => new SparkSide(worker.Address));
    }

    [Fact]
    public async Task Worker_WhoseSparkIsGone_CancelsItsTasksAndEnds()
    {
        var begun = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        using var worker = new RunningWorker(_ => new Sample((_, _, cancellation) =>
        {
            cancellation.Register(cancelled.SetResult);
            begun.SetResult();
            return Sample.WaitFor(Task.Delay(Timeout.Infinite, cancellation), cancellation);
        }));
        using var spark = worker.Connect();
        spark.Send(new Frame(41).Bytes());
        await begun.Task;
        worker.CloseStandardInput();
        Assert.Equal(0, await worker.ExitInTime);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Worker_AskedToKill_OnlyLogsIt()
    {
        using var worker = new RunningWorker(_ => Sample.Echo);
        worker.AskToKill(4711);
        await worker.Logged("Spark asks to kill process 4711");
        using var spark = worker.Connect();
        spark.Send(new Frame(42).Bytes());
        Assert.Equal(-4, spark.Receive(42).End);
    }

    [Fact]
    public async Task Worker_OnAUnixDomainSocket_NeedsNoSecretAndRemovesTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("eyeslots-").FullName;
        using (var worker = new RunningWorker(_ => Sample.Echo, socketFolder: folder))
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(worker.Address.ToString()!));
            using var spark = worker.Connect(secret: null);
            spark.Send(new Frame(41).Bytes());
            Assert.Equal(-4, spark.Receive(41).End);
            worker.CloseStandardInput();
            Assert.Equal(0, await worker.ExitInTime);
        }

        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }
}
