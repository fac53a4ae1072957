using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Nodes;
using EyeSlots.Core;

namespace EyeSlots.Tests.Aws.Nodes;

/// <summary>What a machine does in which order, on a clock that the test moves.</summary>
public sealed class NodeLifeTests : IDisposable
{
    private const string Failed = """{"error": {"code": "spark-failed", "message": "The driver is gone."}}""";
    private static readonly string[] Job = ["preprocess", "--annotations", "s3://faces/t.csv", "--images", "s3://faces", "--out", "s3://slots"];
    private readonly DrawnMachine machine = new() { Settings = DrawnMachine.Of(NodeRole.Master) };

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task Master_AtItsEndOfLife_SetsTheGroupTo0AndThenGoesOff()
    {
        await machine.LiveAsync(secondsAtATime: 10);
        Assert.Equal(["signal SUCCESS", "set workers 0", "off"], machine.Deeds.Where(deed => !deed.StartsWith("say", StringComparison.Ordinal)));
        var status = await machine.Mailbox.StatusAsync();
        Assert.Equal(ClusterPhase.Ended, status!.Phase);
        Assert.InRange(status.Written - DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(71));
    }

    [Fact]
    public async Task Master_WithoutInitialWorkersAndNothingToMake_AsksForNone()
    {
        machine.Settings = WithWorkers(initial: 0);
        Assert.Equal(0, (await RunAsync(Job)).ExitCode);
        Assert.DoesNotContain(machine.Deeds, deed => deed.StartsWith("set workers", StringComparison.Ordinal));
        Assert.Contains(machine.Deeds, deed => deed.EndsWith("--dry-run --json", StringComparison.Ordinal));
        Assert.Contains(machine.Deeds, deed => deed == $"eyeslots {string.Join(' ', Job)} --json");
    }

    [Fact]
    public async Task Master_WithoutInitialWorkersAndShardsToMake_AsksForAsManyAsHaveWork()
    {
        machine.Settings = WithWorkers(initial: 0);
        machine.Program = words => (0, words.Contains("--dry-run", StringComparison.Ordinal) ? """{"shardsMade": 33}""" : """{"shardsMade": 33, "rows": 1}""");
        var result = await RunAsync(Job);
        Assert.Equal(1, result.Result!.Value.GetProperty("rows").GetInt32());
        Assert.Equal("set workers 3", Assert.Single(machine.Deeds, deed => deed.StartsWith("set workers", StringComparison.Ordinal)));
        Assert.Contains(machine.Deeds, deed => deed == $"eyeslots {string.Join(' ', Job)} --engine spark --json");
    }

    /// <summary>Each second once: else a run's cost would have workers' boot in two of its terms.</summary>
    [Fact]
    public async Task Master_WorkersThatComeLateWithinAJob_AreGatheredBesideItsSeconds()
    {
        (machine.Settings, machine.WorkersComeAtOnce) = (WithWorkers(initial: 0) with { Lifetime = TimeSpan.FromDays(1), Patience = TimeSpan.FromHours(10) }, false);
        machine.Program = _ => (0, """{"shardsMade": 33}""");
        await machine.Mailbox.Jobs.SubmitAsync(JobRequest.Of(Job));
        var looks = 0;
        await machine.LiveAsync(async () =>
        {
            if (machine.Deeds.Contains("set workers 3") && looks++ == 300) machine.WorkersAlive = 3;
            return await machine.Mailbox.Jobs.ResultAsync(1) is not null;
        }, secondsAtATime: 10);
        var seconds = (await machine.Mailbox.Jobs.ResultAsync(1))!.Seconds;
        Assert.True(seconds["gather"] >= 2900 && seconds["job"] < seconds["gather"], string.Join(", ", seconds));
    }

    [Fact]
    public async Task Master_JobThatSparkFailed_IsTriedTwiceMore()
    {
        machine.Settings = WithWorkers(initial: 2);
        machine.WorkersAlive = 2;
        var tries = 0;
        machine.Program = _ => ++tries < 3 ? (1, Failed) : (0, "{}");
        var result = await RunAsync(Job);
        Assert.Equal((0, 3), (result.ExitCode, result.Tries));
    }

    [Fact]
    public async Task Master_JobThatFailsEachTime_SaysWhy()
    {
        machine.Program = _ => (1, Failed);
        var result = await RunAsync(Job);
        Assert.Equal((1, 3, ErrorCodes.SparkFailed), (result.ExitCode, result.Tries, result.Error!.Code));
    }

    [Theory]
    [InlineData("""["synth", "--out", "s3://slots"]""")]
    [InlineData("""["verify", "s3://slots", "--log-file", "/etc/x"]""")]
    [InlineData("""["verify", "s3://slots;reboot"]""")]
    [InlineData("""["verify", "s3://slots$(reboot)"]""")]
    [InlineData("""["train", "--data", "s3://slots", "--run", "s3://slots/run"]""")]
    [InlineData("verify s3://slots")]
    public async Task Master_JobThatIsNotAllowed_IsRefusedAndNothingStarted(string file)
    {
        machine.Write("clusters/faces/jobs/0001.json", file);
        await machine.LiveAsync(async () => await machine.Mailbox.Jobs.ResultAsync(1) is not null);
        var result = (await machine.Mailbox.Jobs.ResultAsync(1))!;
        Assert.Equal((2, 0, ErrorCodes.Usage), (result.ExitCode, result.Tries, result.Error!.Code));
        Assert.DoesNotContain(machine.Deeds, deed => deed.StartsWith("eyeslots", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Master_NoWorkerInTime_LeavesReasonAndLogsBeforeItsSignal()
    {
        (machine.Settings, machine.Activity) = (WithWorkers(initial: 2), "Failed: There is no Spot capacity");
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => machine.LiveAsync());
        Assert.Equal(ErrorCodes.ClusterBoot, error.Code);
        var failure = Assert.Single(await machine.Mailbox.Machines.FailuresAsync());
        Assert.Equal(new(DrawnMachine.Id, "0 of 2 workers came within 10 minutes; the group's last activity: Failed: There is no Spot capacity"), failure);
        Assert.Equal("signal FAILURE", machine.Deeds.Last());
        Assert.NotEmpty(machine.Files($"clusters/faces/logs/{DrawnMachine.Id}/node.log"));
    }

    [Fact]
    public async Task Master_WorkerThatFailed_IsNotWaitedForAnyLonger()
    {
        machine.Settings = WithWorkers(initial: 2);
        await machine.Mailbox.Machines.FailAsync("i-00000000000000001", "the disk is full");
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => machine.LiveAsync());
        Assert.Contains("a worker failed: i-00000000000000001: the disk is full", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javax.security.sasl.SaslException: DIGEST-MD5: digest response format violation.", "the master at spark://10.0.0.9:7077 refuses the secret of this machine; is it of another cluster of the name?")]
    [InlineData("Failed to connect to master 10.0.0.9:7077", "the master at spark://10.0.0.9:7077 did not take this machine within 10 minutes; Spark's worker said last: Failed to connect to master 10.0.0.9:7077")]
    public async Task Worker_ThatTheMasterDoesNotTake_SaysWhy(string said, string reason)
    {
        (machine.Settings, machine.DaemonSays) = (AsWorker(), said + "\n");
        await machine.Mailbox.Machines.WriteMasterAsync("spark://10.0.0.9:7077");
        var error = await Assert.ThrowsAsync<EyeSlotsException>(() => machine.LiveAsync());
        Assert.Equal((ErrorCodes.ClusterBoot, $"{DrawnMachine.Id} failed: {reason}"), (error.Code, error.Message));
        Assert.Equal(new(DrawnMachine.Id, reason), Assert.Single(await machine.Mailbox.Machines.FailuresAsync()));
        Assert.DoesNotContain(machine.Deeds, deed => deed.StartsWith("signal", StringComparison.Ordinal));
    }

    /// <summary>The address in the mailbox was that of an earlier cluster of the name, which goes while this one comes.</summary>
    [Fact]
    public async Task Worker_RefusedByAnEarlierMaster_GoesToTheNewOne()
    {
        (machine.Settings, machine.DaemonSays) = (AsWorker(), "SaslException\n");
        await machine.Mailbox.Machines.WriteMasterAsync("spark://10.0.0.9:7077");
        await machine.LiveAsync(async () =>
        {
            if (machine.DaemonSays.Length > 0 && Workers().Any())
            {
                machine.DaemonSays = "";
                await machine.Mailbox.Machines.WriteMasterAsync("spark://10.0.0.8:7077");
            }

            return Workers().Count() == 2;
        });
        Assert.Equal(["spark://10.0.0.9:7077", "spark://10.0.0.8:7077"], Workers());
        Assert.Empty(await machine.Mailbox.Machines.FailuresAsync());

        IEnumerable<string> Workers() => machine.Deeds.Where(deed => deed.StartsWith("spark-class", StringComparison.Ordinal)).Select(deed => deed.Split(' ')[^1]);
    }

    [Fact]
    public async Task Trainer_WhoseJobIsDone_GoesOff()
    {
        machine.Settings = DrawnMachine.Of(NodeRole.Trainer);
        await machine.Mailbox.Jobs.SubmitAsync(JobRequest.Of(Job));
        await machine.LiveAsync();
        Assert.Equal("off", machine.Deeds.Last());
        Assert.True((await machine.Mailbox.Jobs.ResultAsync(1))!.Succeeded);
    }

    private static NodeSettings AsWorker() => WithWorkers(initial: 2) with { Role = NodeRole.Worker, Resource = "" };

    private static NodeSettings WithWorkers(int initial)
    {
        var hash = new string('0', 64);
        return DrawnMachine.Of(NodeRole.Master) with { Spark = new Artifact(Artifact.Spark, hash), Jre = new Artifact(Artifact.Jre, hash), MinWorkers = 2, InitialWorkers = initial, MaxWorkers = 8 };
    }

    private async Task<JobResult> RunAsync(string[] arguments)
    {
        await machine.Mailbox.Jobs.SubmitAsync(JobRequest.Of(arguments));
        await machine.LiveAsync(async () => await machine.Mailbox.Jobs.ResultAsync(1) is not null);
        return (await machine.Mailbox.Jobs.ResultAsync(1))!;
    }
}
