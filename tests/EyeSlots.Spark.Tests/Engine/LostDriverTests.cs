using System.Diagnostics;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>
/// A cluster whose driver is killed and started again at the same address in the middle of a run. A cluster of its own: what others
/// run would be lost with the driver.
/// </summary>
public sealed class LostDriverTests(Faces faces) : IDisposable
{
    private static readonly TimeSpan MostForWorkers = TimeSpan.FromMinutes(2);
    private readonly Scratch scratch = new();

    [Fact]
    public async Task Preprocess_WhoseDriverIsKilledAndStartedAgain_EndsClearly_LeavesNoProcess_AndTheNextRunGoesOn()
    {
        await using var cluster = await StandaloneCluster.StartAsync("4.1.4");
        using var run = SparkJob.Start(cluster.Server.Remote, faces.Long, scratch["out"]);
        await SparkJob.UntilShardsAsync(scratch["out"], 4);
        Assert.NotEmpty(Processes.Workers(cluster.Folder));
        var restart = cluster.RestartServerAsync();
        var ended = await EyeSlotsProgram.EndAsync(run);
        await restart;
        TestContext.Current.TestOutputHelper?.WriteLine(ended.Output);
        AssertClear(ended);
        await UntilNoWorkerAsync(cluster.Folder);

        var kept = Directory.EnumerateFiles(Path.Combine(scratch["out"], "shards"), "*.parquet").Count();
        var next = await SparkJob.RunAsync(cluster.Server.Remote, faces.Long, scratch["out"]);
        TestContext.Current.TestOutputHelper?.WriteLine(next.ToString());
        Assert.True(kept >= 4 && next.GetProperty("shardsKept").GetInt32() == kept, $"{kept} shards were there: {next}");
        await SparkJob.AssertSameAsync(faces.LocalLong, scratch["out"]);
    }

    public void Dispose() => scratch.Dispose();

    /// <summary>Whichever call first meets the new driver, the line names what happened and what to do, and not only Spark's words.</summary>
    private static void AssertClear(ProgramResult ended)
    {
        Assert.True(ended.ExitCode == 1, ended.Output + ended.Errors);
        var error = ended.Json.GetProperty("error");
        Assert.Equal("spark-failed", error.GetProperty("code").GetString());
        Assert.StartsWith("Spark no longer knows this session (INVALID_HANDLE.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Run again: what was published stays, and the next run goes on.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task UntilNoWorkerAsync(string folder)
    {
        var started = Stopwatch.GetTimestamp();
        while (Processes.Workers(folder).Count > 0 && Stopwatch.GetElapsedTime(started) < MostForWorkers) await Task.Delay(500, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"No worker {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s after the run's end.");
        Assert.Empty(Processes.Workers(folder));
    }
}
