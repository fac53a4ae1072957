using System.Diagnostics;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Engine;
using EyeSlots.Spark.Tests.Connect;
using EyeSlots.Spark.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>Whoever stops a program does not wait for a server that says nothing any more, and how it ended is not hidden by its clean-up.</summary>
[Collection(nameof(Spark41))]
public sealed class CleanUpTests(Spark41 spark, Faces faces)
{
    /// <summary>A clean-up gives up after five seconds; several follow each other. Without a limit it would be minutes.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Preprocess_InterruptedWhileItsServerIsSilent_EndsSoon()
    {
        using var scratch = new Scratch();
        await using var proxy = new CuttingProxy(spark.Server.Port);
        using var run = SparkJob.Start(spark.Server.RemoteAt(proxy.Port), faces.Long, scratch["out"]);
        await SparkJob.UntilShardsAsync(scratch["out"], 2);
        proxy.FallSilent();
        using (var interrupt = Process.Start("kill", ["-INT", $"{run.Id}"])) await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);

        var watch = Stopwatch.StartNew();
        var ended = await EyeSlotsProgram.EndAsync(run);
        Assert.True(watch.Elapsed < Most, $"It took {watch.Elapsed}: {ended.Output}");
        Assert.Equal(130, ended.ExitCode);
        Assert.Equal("interrupted", ended.Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Operation_CancelledWhileItsServerIsSilent_EndsSoonAndSoDoesItsSession()
    {
        await using var proxy = new CuttingProxy(spark.Server.Port);
        var session = await Sessions.OpenAsync(spark.Server, remote: spark.Server.RemoteAt(proxy.Port));
        using var stop = new CancellationTokenSource();
        var running = (await session.SleepAsync(60)).RowsAsync(cancellation: stop.Token);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        proxy.FallSilent();

        var watch = Stopwatch.StartNew();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await session.DisposeAsync();
        Assert.True(watch.Elapsed < Most, $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task OpeningCluster_WhereNothingListens_TellsWhyAndItsDisposalThrowsNothing()
    {
        using var scratch = new Scratch();
        await File.WriteAllBytesAsync(scratch["worker.tar"], [], TestContext.Current.CancellationToken);
        var options = new SparkEngineOptions { Remote = $"sc://127.0.0.1:{SparkServer.FreePort()}", WorkerArchive = scratch["worker.tar"] };
        var opening = new OpeningCluster(options, new() { Images = "/images", Output = "/out", Parameters = new() }, NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.Equal(ErrorCodes.SparkUnreachable, (await Assert.ThrowsAsync<EyeSlotsException>(() => opening.Opened)).Code);
        await opening.DisposeAsync();
    }

    [Fact]
    public async Task OpeningCluster_DisposedAtOnce_ThrowsNothing()
    {
        await using var proxy = new CuttingProxy(spark.Server.Port);
        proxy.FallSilent();
        using var scratch = new Scratch();
        await File.WriteAllBytesAsync(scratch["worker.tar"], [], TestContext.Current.CancellationToken);
        var options = new SparkEngineOptions { Remote = spark.Server.RemoteAt(proxy.Port), WorkerArchive = scratch["worker.tar"] };
        var watch = Stopwatch.StartNew();
        await new OpeningCluster(options, new() { Images = "/images", Output = "/out", Parameters = new() }, NullLogger.Instance, TestContext.Current.CancellationToken).DisposeAsync();
        Assert.True(watch.Elapsed < Most, $"It took {watch.Elapsed}.");
    }
}
