using System.Globalization;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A night on which nothing changed, jobs that nobody may ask for, and the end of a cluster that nobody ends.</summary>
public sealed class QuietNodeTests(ContainerEngine engine, NodeArtifacts artifacts, DrawnFaces drawn)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Master_WithoutInitialWorkersAndNothingToMake_AsksForNone()
    {
        var faces = drawn.Of(new() { Faces = 200, Side = 120, Seed = 18 });
        await using var machines = await Machines.StartAsync(engine, await artifacts.All);
        (machines.Settings["MIN_WORKERS"], machines.Settings["MAX_WORKERS"]) = ("1", "2");
        machines.Fill(faces);
        await JobRuns.RunAsync(faces, Path.Combine(machines.Buckets, "slots", "kept"), "--hash-images");
        string[] lists = [.. faces.Lists.Select(list => $"s3://faces/{Path.GetFileName(list)}")];
        await machines.Mailbox.Jobs.SubmitAsync(JobRequest.Of(JobRuns.Arguments(faces with { Lists = lists, ImageRoot = "s3://faces" }, "s3://slots/kept", "--hash-images")));

        await machines.BootAsync(0, "master");
        var result = await machines.ResultAsync(1, Patience);
        Assert.True(result.Succeeded, $"{result.Error?.Code}: {result.Error?.Message}");
        Assert.Equal((0, "local"), (result.Result!.Value.GetProperty("shardsMade").GetInt32(), result.Result.Value.GetProperty("engine").GetString()));
        Assert.Equal((0, 0), (result.Workers, result.MachineHours.Workers));
        Assert.False(result.Seconds.ContainsKey("gather"));
        Assert.Equal(["GetSecretValue", "SignalResource"], machines.Services.Calls.Select(call => call.Action));
    }

    /// <summary>Put into the mailbox past the client, which would refuse them as well.</summary>
    [Fact]
    public async Task Jobs_ThatAreNotAllowed_AreRefusedAndNothingIsStarted()
    {
        string[] files =
        [
            """["synth", "--out", "s3://slots"]""", """["verify", "--out", "s3://slots;touch /tmp/stranger"]""", """["verify", "--out", "s3://slots/$(touch /tmp/stranger)"]""",
            """["verify", "--out", "s3://slots", "--log-file", "/etc/x"]""", "verify --out s3://slots",
        ];
        await using var machines = await Machines.StartAsync(engine, [(await artifacts.All)[0]]);
        var jobs = Directory.CreateDirectory(Path.Combine(machines.Buckets, "artifacts", "clusters", "faces", "jobs")).FullName;
        foreach (var (at, file) in files.Index()) await File.WriteAllTextAsync(Path.Combine(jobs, string.Create(CultureInfo.InvariantCulture, $"{at + 1:D4}.json")), file);
        var master = await machines.BootAsync(0, "master");
        for (var number = 1; number <= files.Length; number++)
        {
            var result = await machines.ResultAsync(number, Patience);
            Assert.Equal((2, 0, "usage"), (result.ExitCode, result.Tries, result.Error!.Code));
            Assert.True(File.Exists(Path.Combine(machines.Buckets, "artifacts", "clusters", "faces", "results", string.Create(CultureInfo.InvariantCulture, $"{number:D4}.failed"))));
        }

        var traces = await master.ExecAsync("sh", "-c", "ls /etc/x /tmp/stranger /var/lib/eyeslots/logs/job-*");
        Assert.Equal("", traces.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(machines.Buckets, "slots")));
    }

    /// <summary>Of an hour, and ten minutes for the reaper: launched so long ago, but for some seconds.</summary>
    [Fact]
    public async Task Master_AtItsEndOfLife_EmptiesTheGroupOfWorkersAndThenGoesOff()
    {
        await using var machines = await Machines.StartAsync(engine, [(await artifacts.All)[0]]);
        machines.Services.Launched = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(70) + TimeSpan.FromSeconds(20);
        var master = await machines.BootAsync(0, "master");
        Assert.Equal(0, await master.EndAsync(Patience));
        NodeCall[] ends = [.. machines.Services.Calls.Where(call => call.Action != "SignalResource")];
        Assert.Equal(["SetDesiredCapacity", "PowerOff"], ends.Select(call => call.Action));
        Assert.Equal(("eyeslots-run-faces", "0"), (ends[0]["AutoScalingGroupName"], ends[0]["DesiredCapacity"]));
        Assert.Equal(Machines.IdOf(0), ends[1]["Instance"]);
        var status = await machines.Mailbox.StatusAsync();
        Assert.Equal(ClusterPhase.Ended, status!.Phase);
        Assert.True(status.Seconds >= 70 * 60);
        Assert.Contains("Switching off.", machines.Logs(0, "node.log") + await master.LogsAsync(), StringComparison.Ordinal);
    }
}
