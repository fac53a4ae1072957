using System.Text.Json;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>Wherever a run is killed, it goes on to the model of a run that nobody disturbed, byte for byte.</summary>
[Collection(TrainerRuns.Name)]
public sealed class KillTests(TrainingSet set)
{
    private const int KillsOfARun = 4;

    [Fact]
    public async Task Kill_AtRandomMomentsAndWithinCheckpoints_EndsWithTheSameModel()
    {
        var random = new Random(5);
        var kills = LongRun.Count(4, 20);
        for (var killed = 0; killed < kills;)
        {
            using var scratch = new Scratch();
            var run = scratch["run"];
            for (var end = Math.Min(kills, killed + KillsOfARun); killed < end; killed++) Kill(run, killed, TimeSpan.FromSeconds(0.3 + (2 * random.NextDouble())));
            var result = await set.TrainAsync(run, "--resume", "--workers", "4");
            Assert.True(result.ExitCode == 0, result.Output + result.Errors);
            set.AssertEndedLikeUndisturbed(run);
            Assert.False(TrainerProcess.Has(Path.Combine(run, "checkpoints"), "*.new"));
        }
    }

    [Theory]
    [InlineData(TrainerProcess.Interrupt)]
    [InlineData(TrainerProcess.Terminate)]
    public async Task Signal_EndsAfterTheStepWithACheckpoint_AndTheRunGoesOn(int signal)
    {
        using var scratch = new Scratch();
        var run = scratch["run"];
        using (var process = TrainerProcess.Start(set.Line(run, "--checkpoint-every", "0s")))
        {
            Assert.True(TrainerProcess.WaitFor(process, () => TrainerProcess.Has(Path.Combine(run, "checkpoints"), "*.safetensors")));
            Assert.Equal(0, TrainerProcess.Signal(process.Id, signal));
            TrainerProcess.AssertFailed(await EyeSlotsProgram.EndAsync(process), "interrupted", "with a checkpoint; go on with --resume.", exitCode: 130);
        }

        Assert.Equal(0, (await set.TrainAsync(run, "--resume")).ExitCode);
        set.AssertEndedLikeUndisturbed(run);
    }

    // Every second one at a moment by the clock, the others while a checkpoint or the best model is written.
    private void Kill(string run, int number, TimeSpan after)
    {
        var workers = number % 2 == 0 ? "1" : "4";
        using var process = TrainerProcess.Start(set.Line(run, "--resume", "--workers", workers, "--checkpoint-every", "0s"));
        var folder = number % 4 == 1 ? Path.Combine(run, "checkpoints") : run;
        if (number % 2 == 0) process.WaitForExit(after);
        else TrainerProcess.WaitFor(process, () => TrainerProcess.Has(folder, "*.new") || Directory.Exists(Path.Combine(run, "best.new")));
        process.Kill();
        process.WaitForExit();
        AssertWhole(run);
    }

    private static void AssertWhole(string run)
    {
        var best = Path.Combine(run, "best");
        if (Directory.Exists(best))
        {
            SafetensorsFile.Open(Path.Combine(best, ModelFile.WeightsName)).Dispose();
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(best, ModelFile.DescriptionName))).Dispose();
        }

        var checkpoints = Path.Combine(run, "checkpoints");
        if (!Directory.Exists(checkpoints)) return;
        foreach (var (_, file) in new CheckpointFolder(checkpoints).Find()) CheckpointFolder.RequireWhole(file);
    }
}
