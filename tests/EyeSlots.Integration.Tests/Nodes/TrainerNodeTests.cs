using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A machine for one job: whatever happens to it, an empty one goes on.</summary>
public sealed partial class TrainerNodeTests(ContainerEngine engine, NodeArtifacts artifacts, DrawnFaces drawn)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Machines vanish after a first mirrored epoch, and with <c>--long</c> after others; the last but one has a notice before it goes.</summary>
    [Fact]
    public async Task Training_OfMachinesThatVanishAndOneThatIsTakenBack_EndsWithTheModelOfAnUndisturbedRun()
    {
        using var scratch = new Scratch();
        await using var machines = await Machines.StartAsync(engine, [(await artifacts.All)[0], await artifacts.Trainer]);
        var run = new TrainedRun(machines, scratch);
        await run.CutAsync(drawn.Of(new() { Faces = 1000, Side = 200, Seed = 17 }));
        await machines.Mailbox.Jobs.SubmitAsync(JobRequest.Of(TrainedRun.Line));
        var undisturbed = run.TrainHereAsync();
        try
        {
            await DisturbAsync(machines, run);
        }
        finally
        {
            await undisturbed;
        }

        run.AssertEndedLikeUndisturbed();
    }

    /// <summary>A job that keeps its state on S3 itself.</summary>
    [Fact]
    public async Task Job_KilledHalfway_GoesOnFromAnEmptyMachineWhichThenGoesOff()
    {
        var faces = drawn.Of(new() { Faces = 6000, Side = 200, Seed = 16 });
        await using var machines = await Machines.StartAsync(engine, [(await artifacts.All)[0]]);
        machines.Fill(faces);
        string[] lists = [.. faces.Lists.Select(list => $"s3://faces/{Path.GetFileName(list)}")];
        await machines.Mailbox.Jobs.SubmitAsync(JobRequest.Of(JobRuns.Arguments(faces with { Lists = lists, ImageRoot = "s3://faces" }, "s3://slots/halfway", "--hash-images", "--workers", "1")));
        var first = await machines.BootAsync(0, "trainer");
        await machines.WaitAsync("A shard", Patience, () => Task.FromResult(machines.Shards("halfway") > 0));
        await first.SignalAsync("KILL");
        var before = machines.Shards("halfway");
        Assert.Null(await machines.Mailbox.Jobs.ResultAsync(1));

        var second = await machines.BootAsync(1, "trainer");
        var result = await machines.ResultAsync(1, Patience);
        Assert.True(result.Succeeded, result.Error?.Message);
        Assert.InRange(result.Result!.Value.GetProperty("shardsKept").GetInt32(), 1, before);
        Assert.Equal(0, await second.EndAsync(Patience));
        Assert.True(machines.IsOff(1));
        using var scratch = new Scratch();
        await JobRuns.RunAsync(faces, scratch["local"], "--hash-images");
        JobRuns.AssertSameBytes(scratch["local"], Path.Combine(machines.Buckets, "slots", "halfway"));
    }

    private static async Task DisturbAsync(Machines machines, TrainedRun run)
    {
        var vanished = LongRun.Count(1, 4);
        for (var number = 0; number < vanished; number++) await VanishAsync(machines, run, number);
        var reached = run.Checkpoints();
        await TakeBackAsync(machines, run, vanished);
        Assert.NotEqual(reached[^1], run.Checkpoints()[^1]);
        Assert.Null(await machines.Mailbox.Jobs.ResultAsync(1));

        var last = await machines.BootAsync(vanished + 1, "trainer");
        var result = await machines.ResultAsync(1, Patience);
        Assert.True(result.Succeeded, $"{result.Error?.Code}: {result.Error?.Message}");
        Assert.Equal(20, result.Result!.Value.GetProperty("epochs").GetInt32());
        Assert.Equal(0, await last.EndAsync(Patience));
        Assert.True(machines.IsOff(vanished + 1));
        Assert.Equal("PowerOff", machines.Services.Calls[^1].Action);
    }

    // The power is cut once the bucket has more than the machine found there.
    private static async Task VanishAsync(Machines machines, TrainedRun run, int number)
    {
        machines.Settings["MIRROR_SECONDS"] = "1";
        var found = run.Checkpoints();
        var machine = await machines.BootAsync(number, "trainer");
        await machines.WaitAsync("Another epoch", Patience, () => Task.FromResult(run.Checkpoints() is [.., var newest] && newest != found.LastOrDefault()));
        await machine.SignalAsync("KILL");
        Assert.Null(await machines.Mailbox.Jobs.ResultAsync(1));
    }

    /// <summary>It mirrors nothing by itself before its end, so what the bucket has afterwards came at the notice: the batch at which the trainer says that it stopped.</summary>
    private static async Task TakeBackAsync(Machines machines, TrainedRun run, int number)
    {
        machines.Settings["MIRROR_SECONDS"] = "3600";
        var machine = await machines.BootAsync(number, "trainer");
        await machines.WaitAsync("Training", Patience, async () => (await machine.ExecAsync("sh", "-c", "ls -t /var/lib/eyeslots/work/runs/1/checkpoints | head -n 1")).Output.Trim() is { Length: > 0 } newest && !run.Checkpoints().Contains("checkpoints/" + newest));
        machines.Services.TakeBack(Machines.IdOf(number));
        Assert.Equal(0, await machine.EndAsync(Patience));
        Assert.True(machines.IsOff(number));
        var log = machines.Logs(number, "node.log");
        Assert.Contains("EC2 takes this machine back.", log, StringComparison.Ordinal);
        var stopped = Stopped().Match(log);
        Assert.True(stopped.Success, log);
        var (epoch, batch) = (Number("epoch") - 1, Number("batch"));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"checkpoints/epoch-{epoch:D5}-batch-{batch:D7}-"), run.Checkpoints()[^1], StringComparison.Ordinal);

        int Number(string name) => int.Parse(stopped.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("Job 1 was stopped: Interrupted in epoch (?<epoch>[0-9]+) after (?<batch>[0-9]+) batch(es)?, with a checkpoint")]
    private static partial Regex Stopped();
}
