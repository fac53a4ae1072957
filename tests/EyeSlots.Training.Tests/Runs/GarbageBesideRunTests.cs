using System.Diagnostics;
using EyeSlots.Core.Manifests;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>A run is alone with its generation, whatever is committed and collected beside it.</summary>
[Collection(TrainerRuns.Name)]
public sealed class GarbageBesideRunTests(TrainingSet set)
{
    [Fact]
    public async Task Collect_BesideARun_LeavesItsGenerationUntilTheRunHasEnded()
    {
        using var scratch = new Scratch();
        using var dataset = await DrawnDataset.DrawAsync(400);
        var (root, run) = (dataset.Root, scratch["run"]);
        var before = Shards(root);
        var training = TrainerProcess.Start(set.LineAt(root, run, "--epochs", "1000", "--early-stopping", "10"));
        Assert.True(TrainerProcess.WaitFor(training, () => File.Exists(Path.Combine(run, RunFolder.ConfigName))));
        await dataset.CommitAsync(new() { Quality = 80 }, [Path.Combine(dataset.Photographs, "training.csv"), Path.Combine(dataset.Photographs, "validation.csv")]);
        await CollectAsync(dataset);
        Assert.False(training.HasExited);
        Assert.Subset(Shards(root), before);
        Assert.True(Shards(root).Count > before.Count);

        var result = await EndAsync(training);
        Assert.Equal((1, true), (result.Json.GetProperty("generation").GetInt32(), result.Json.GetProperty("stoppedEarly").GetBoolean()));
        Assert.False(TrainerProcess.Has(Path.Combine(root, "pins"), "*"));
        await CollectAsync(dataset);
        Assert.Empty(Shards(root).Intersect(before));
        Assert.Equal([2], await new ManifestStore(dataset.Store()).GenerationsAsync(DrawnDataset.Name));
    }

    [Fact]
    public async Task Collect_AfterAKill_LeavesWhatTheResumeNeeds()
    {
        using var scratch = new Scratch();
        var run = scratch["run"];
        using var dataset = await DrawnDataset.DrawAsync(400);
        await EndAsync(TrainerProcess.Start(set.LineAt(dataset.Root, scratch["undisturbed"])));
        using (var training = TrainerProcess.Start(set.LineAt(dataset.Root, run, "--checkpoint-every", "0s")))
        {
            Assert.True(TrainerProcess.WaitFor(training, () => TrainerProcess.Has(Path.Combine(run, "checkpoints"), "*.safetensors")));
            training.Kill();
            await training.WaitForExitAsync();
        }

        await dataset.CommitAsync(new() { Quality = 80 }, [Path.Combine(dataset.Photographs, "training.csv")]);
        await CollectAsync(dataset);
        await EndAsync(TrainerProcess.Start(set.LineAt(dataset.Root, run, "--resume")));
        Assert.Equal(Scratch.Tree(scratch["undisturbed"], "best"), Scratch.Tree(run, "best"));
    }

    private static async Task<ProgramResult> EndAsync(Process started)
    {
        using var process = started;
        var result = await EyeSlotsProgram.EndAsync(process);
        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        return result;
    }

    private static Task CollectAsync(DrawnDataset dataset) =>
        new GarbageCollector(dataset.Store(), TimeProvider.System).CollectAsync(keep: 1, TimeSpan.Zero, delete: true, CancellationToken.None);

    private static SortedSet<string> Shards(string root) => [.. Scratch.Tree(root, "shards").Keys];
}
