using EyeSlots.Aws.Mailbox;
using EyeSlots.Integration.Tests.Containers;
using EyeSlots.Integration.Tests.Jobs;
using EyeSlots.Preprocessing.Synthesis;

namespace EyeSlots.Integration.Tests.Nodes;

/// <summary>A machine for one job: whatever happens to it, an empty one goes on.</summary>
public sealed class TrainerNodeTests(ContainerEngine engine, NodeArtifacts artifacts, DrawnFaces drawn)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly SynthSummary faces = drawn.Of(new() { Faces = 6000, Side = 200, Seed = 16 });

    [Fact]
    public async Task Job_KilledHalfway_GoesOnFromAnEmptyMachineWhichThenGoesOff()
    {
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
        using var scratch = new Scratch();
        await second.CopyOutAsync("/switched", scratch["switched"]);
        Assert.Equal("off\n", await File.ReadAllTextAsync(scratch["switched"]));
        await JobRuns.RunAsync(faces, scratch["local"], "--hash-images");
        JobRuns.AssertSameBytes(scratch["local"], Path.Combine(machines.Buckets, "slots", "halfway"));
    }
}
