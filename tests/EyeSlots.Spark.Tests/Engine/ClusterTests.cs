using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Integration.Tests.Jobs;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>What goes wrong on a cluster: the right bytes at the end, or a clear end and a next run that goes on.</summary>
[Collection(nameof(ClusterFixture))]
public sealed class ClusterTests(ClusterFixture fixture, Faces faces) : IDisposable
{
    private const int Interrupted = 130;
    private readonly Scratch scratch = new();

    private string Remote => fixture.Cluster.Server.Remote;

    private string Output => scratch["out"];

    [Fact]
    public async Task Preprocess_OnTwoExecutorsWithSpeculation_MakesTheBytesOfTheLocalEngine()
    {
        await SparkJob.RunAsync(Remote, faces.Drawn, Output);
        await SparkJob.AssertSameAsync(faces.Local, Output);
    }

    [Fact]
    public async Task Doctor_OfACluster_AsksBothExecutors()
    {
        var result = await EyeSlotsProgram.RunAsync(SparkJob.Environment(Remote), "doctor", "--json");
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        var executors = result.Json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()!)
            .Where(check => check.EndsWith(": clock", StringComparison.Ordinal));
        Assert.Equal(2, executors.Count());
    }

    [Fact]
    public async Task WorkerKilled_InTheMiddle_CostsOnlyARetry()
    {
        using var run = SparkJob.Start(Remote, faces.Long, Output);
        await SparkJob.UntilShardsAsync(Output, 4);
        var workers = Processes.Workers(fixture.Cluster.Folder);
        Assert.NotEmpty(workers);
        Processes.Kill(workers[0]);
        await EndAsync(run);
        await SparkJob.AssertSameAsync(faces.LocalLong, Output);
    }

    [Fact]
    public async Task ExecutorKilled_InTheMiddle_IsReplaced()
    {
        using var run = SparkJob.Start(Remote, faces.Long, Output);
        await SparkJob.UntilShardsAsync(Output, 4);
        var executors = Processes.Executors(fixture.Cluster.Folder);
        Assert.Equal(2, executors.Count);
        Processes.Kill(executors[0]);
        await EndAsync(run);
        await SparkJob.AssertSameAsync(faces.LocalLong, Output);
    }

    [Fact]
    public async Task ClientKilled_AndRunAgain_GoesOnWhereItStood()
    {
        using (var run = SparkJob.Start(Remote, faces.Long, Output))
        {
            await SparkJob.UntilShardsAsync(Output, 4);
            run.Kill();
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains(Plans(), file => file.EndsWith(".slices", StringComparison.Ordinal));
        var next = await SparkJob.RunAsync(Remote, faces.Long, Output);
        Assert.True(next.GetProperty("shardsKept").GetInt32() >= 4, next.ToString());
        await SparkJob.AssertSameAsync(faces.LocalLong, Output);
        await EyeSlotsProgram.JsonAsync("gc", Output, "--grace", "0s", "--delete");
        Assert.Empty(Plans());
        await SparkJob.AssertSameAsync(faces.LocalLong, Output);
    }

    [Fact]
    public async Task ClientInterrupted_EndsCleanly_LeavesNoProcess_AndTheNextRunGoesOn()
    {
        using (var run = SparkJob.Start(Remote, faces.Long, Output))
        {
            await SparkJob.UntilShardsAsync(Output, 4);
            Processes.Signal(run.Id, "INT");
            var ended = await EyeSlotsProgram.EndAsync(run);
            Assert.True(ended.ExitCode == Interrupted, ended.Output + ended.Errors);
            Assert.Equal("interrupted", ended.Json.GetProperty("error").GetProperty("code").GetString());
        }

        // Spark keeps connections for a minute, and then our worker waits for others.
        for (var seconds = 0; seconds < 120 && Processes.Workers(fixture.Cluster.Folder).Count > 0; seconds++) await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Empty(Processes.Workers(fixture.Cluster.Folder));
        Assert.DoesNotContain(JobRuns.Files(Output), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Empty(Plans());
        var next = await SparkJob.RunAsync(Remote, faces.Long, Output);
        Assert.True(next.GetProperty("shardsKept").GetInt32() >= 4, next.ToString());
        await SparkJob.AssertSameAsync(faces.LocalLong, Output);
    }

    public void Dispose() => scratch.Dispose();

    private string[] Plans() => Directory.GetFiles(Path.Combine(Output, "plans"));

    private static async Task EndAsync(System.Diagnostics.Process run)
    {
        var ended = await EyeSlotsProgram.EndAsync(run);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
    }
}
