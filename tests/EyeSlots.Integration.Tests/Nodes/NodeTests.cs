using System.Text.Json;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Aws;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A cluster from nothing: <c>boot.sh</c> and <c>node</c> in containers of a bare Debian.</summary>
public sealed class NodeTests(ContainerEngine engine, NodeArtifacts artifacts, DrawnFaces drawn)
{
    private static readonly TimeSpan Boot = TimeSpan.FromMinutes(5), Job = TimeSpan.FromMinutes(5);
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 2000, Side = 200, Seed = 15 });

    [Fact]
    public async Task Cluster_FromNothing_RunsJobsThroughASpotNoticeAndTheMastersDeath()
    {
        await using var machines = await Machines.StartAsync(engine, await artifacts.All);
        (machines.Settings["MIN_WORKERS"], machines.Settings["INITIAL_WORKERS"], machines.Settings["MAX_WORKERS"]) = ("2", "2", "2");
        machines.Fill(faces);
        var booted = await Task.WhenAll(machines.BootAsync(0, "master"), machines.BootAsync(1, "worker"), machines.BootAsync(2, "worker"));
        await machines.WaitAsync("The signal", Boot, () => Task.FromResult(machines.Services.Calls.Any(call => call.Action == "SignalResource")));
        Assert.Equal("SUCCESS", Assert.Single(machines.Services.Calls, call => call.Action == "SignalResource")["Status"]);
        await MachineSecrets.AssertClosedAsync(booted[0], machines.AddressOf(0));

        var strangers = await Strangers.BootAsync(machines);
        await SubmitAsync(machines, "first");
        await machines.WaitAsync("Its executors", Job, async () => (await booted[1].ExecAsync("ls", "/var/lib/eyeslots/work/executors")).Output.Contains("app-", StringComparison.Ordinal));
        await MachineSecrets.AssertNowhereInCommandLinesAsync(booted);
        await Strangers.AssertRefusedWithoutAuthenticationAsync(machines, booted[1]);
        AssertCostIsExplained(await AssertSucceededAsync(machines, 1));
        await Strangers.AssertTokenRefusedAsync(machines, booted[0], faces);
        await Strangers.AssertRefusedAsync(machines, strangers);

        await RunThroughASpotNoticeAsync(machines);
        await SubmitAsync(machines, "third");
        await machines.WaitAsync("The third job", Job, async () => await machines.Mailbox.StatusAsync() is { Job: 3 });
        await booted[0].SignalAsync("KILL");
        await AssertLostAsync(machines);
        MachineSecrets.AssertNowhereIn(machines.Buckets, Path.Combine("artifacts", "clusters"));
    }

    private async Task RunThroughASpotNoticeAsync(Machines machines)
    {
        await SubmitAsync(machines, "second");
        await machines.WaitAsync("The second job", Job, async () => await machines.Mailbox.StatusAsync() is { Job: 2 });
        machines.Services.TakeBack(Machines.IdOf(2));
        await machines.WaitAsync("DECOMMISSIONED", Job, async () => (await machines.MasterPageAsync()).Contains("DECOMMISSIONED", StringComparison.Ordinal));
        await AssertSucceededAsync(machines, 2);
        Assert.Contains("takes this machine back", machines.Logs(2, "node.log"), StringComparison.Ordinal);
        Assert.Contains("ecommission", machines.Logs(2, "worker.log"), StringComparison.Ordinal);
    }

    private async Task SubmitAsync(Machines machines, string output)
    {
        string[] lists = [.. faces.Lists.Select(list => $"s3://faces/{Path.GetFileName(list)}")];
        await machines.Mailbox.Jobs.SubmitAsync(JobRequest.Of(JobRuns.Arguments(faces with { Lists = lists, ImageRoot = "s3://faces" }, $"s3://slots/{output}", "--hash-images")));
    }

    private async Task<JobResult> AssertSucceededAsync(Machines machines, int job)
    {
        var result = await machines.ResultAsync(job, Job);
        Assert.True(result.Succeeded, $"{result.Error?.Code}: {result.Error?.Message}");
        Assert.Equal("spark", result.Result!.Value.GetProperty("engine").GetString());
        Assert.True(result.MachineHours.Master > 0 && result.Seconds.ContainsKey("boot") && result.Seconds.ContainsKey("gather") && result.Seconds.ContainsKey("job"));
        Assert.Contains("cutting faces", System.Text.Encoding.UTF8.GetString(await machines.Mailbox.Jobs.ReadLogAsync(job, 0)), StringComparison.Ordinal);
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["local"], "--hash-images");
        JobRuns.AssertSameBytes(scratch["local"], Path.Combine(machines.Buckets, "slots", job == 1 ? "first" : "second"));
        return result;
    }

    /// <summary>What the client makes of the result beside its estimate of two workers.</summary>
    private void AssertCostIsExplained(JobResult result)
    {
        ClusterOptions options = new() { Name = ClusterName.Parse("faces"), Workers = new(2, 2) };
        var bytes = result.Result!.Value.GetProperty("bytesRead").GetInt64();
        var estimate = new CostModel(PriceFile.Default).Estimate(new(faces.Faces, bytes, ImageSpeed.Of(PriceFile.Default)), options.Workers);
        Assert.InRange(result.MachineHours.Workers, double.Epsilon, 2 * result.MachineHours.Master);
        new ActualAnew(JsonSerializer.SerializeToElement(estimate, JsonSerializerOptions.Web), machines: 3).Check(RunActual.Of(options, estimate, result), result);
    }

    /// <summary>Nothing more is heard of the master, by which the client says cluster-lost, and its logs are there.</summary>
    private static async Task AssertLostAsync(Machines machines)
    {
        var last = await machines.Mailbox.StatusAsync();
        await Task.Delay(ClusterStatus.Interval * 2.5);
        Assert.Equal(last, await machines.Mailbox.StatusAsync());
        Assert.Null(await machines.Mailbox.Jobs.ResultAsync(3));
        Assert.Contains("Job 2 ended with 0", machines.Logs(0, "node.log"), StringComparison.Ordinal);
        Assert.NotEmpty(machines.Logs(0, "master.log"));
        Assert.NotEmpty(machines.Logs(0, "connect.log"));
    }
}
