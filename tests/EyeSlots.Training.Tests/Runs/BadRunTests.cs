using System.Buffers.Binary;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>Runs that cannot go on, each made for real: a code, a text, an exit code, one object on stdout, and what was there stays.</summary>
[Collection(TrainerRuns.Name)]
public sealed class BadRunTests(TrainingSet set) : IDisposable
{
    private readonly Scratch scratch = new();

    private string Run => scratch["run"];

    [Fact]
    public async Task Train_IntoARunThatIsThere_IsRunExists()
    {
        TrainerProcess.AssertFailed(await set.TrainAsync(set.Undisturbed), ErrorCodes.RunExists, $"{set.Undisturbed} holds a run already; go on with it by --resume");
        var again = await set.TrainAsync(set.Undisturbed, "--resume");
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(3, again.Json.GetProperty("epochs").GetInt32());
    }

    [Fact]
    public async Task Train_BesideALivingProcessInTheSameFolder_IsRunBusy()
    {
        using var first = TrainerProcess.Start(set.Line(Run, "--epochs", "1000"));
        Assert.True(TrainerProcess.WaitFor(first, () => File.Exists(Path.Combine(Run, RunFolder.ConfigName))));
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, "--epochs", "1000", "--resume"), ErrorCodes.RunBusy, $"{Run} is in use by process {first.Id} on {Environment.MachineName}");
        first.Kill();
        await first.WaitForExitAsync();
        Assert.Equal(0, (await set.TrainAsync(scratch["other"])).ExitCode);
    }

    [Theory]
    [InlineData("--learning-rate", "0.002", "--learning-rate 0.003, not 0.002")]
    [InlineData("--seed", "9", "--seed 0, not 9")]
    [InlineData("--batch", "16", "--batch 32, not 16")]
    [InlineData("--size", "40x16", "--size 32x16, not 40x16")]
    [InlineData("--train", "test", "--train training, not test")]
    [InlineData("--threads", "2", "--threads 1, not 2")]
    [InlineData("--rotation", "7", "--rotation 5, not 7")]
    [InlineData("--epochs", "2", "--epochs 3, not 2")]
    [InlineData("--model", "tiny", "--model smallest (")]
    [InlineData("--generation", "2", "--generation 1, not 2")]
    public async Task Resume_WithAnotherOption_IsRunMismatchAndNamesBoth(string option, string value, string text) =>
        TrainerProcess.AssertFailed(await set.TrainAsync(set.Undisturbed, "--resume", option, value), ErrorCodes.RunMismatch, $"The run was started with {text}");

    [Fact]
    public async Task Resume_WithMoreEpochs_GoesOnUnderAConstantScheduleAndNotUnderACosine()
    {
        TrainerProcess.Copy(set.Undisturbed, Run);
        var longer = await set.TrainAsync(Run, "--resume", "--epochs", "4", "--workers", "2");
        Assert.True(longer.ExitCode == 0, longer.Output);
        Assert.Equal(4, longer.Json.GetProperty("epochs").GetInt32());
        Assert.Equal(TrainerProcess.Losses(set.Undisturbed), TrainerProcess.Losses(Run).Take(3));
        var cosine = scratch["cosine"];
        Assert.Equal(0, (await set.TrainAsync(cosine, "--epochs", "1", "--schedule", "cosine")).ExitCode);
        TrainerProcess.AssertFailed(await set.TrainAsync(cosine, "--resume", "--epochs", "2", "--schedule", "cosine"), ErrorCodes.RunMismatch, "--epochs 1, not 2");
    }

    [Theory]
    [InlineData("--validation", "training", ErrorCodes.Usage, "--train and --validation both name training", 2)]
    [InlineData("--train", "nobody", ErrorCodes.Usage, "has no list 'nobody'; its lists are: test, training, validation", 2)]
    [InlineData("--batch", "1", ErrorCodes.Usage, "--batch must lie between 2 and 65536, not 1", 2)]
    [InlineData("--epochs", "0", ErrorCodes.Usage, "--epochs must lie between 1 and 100000, not 0", 2)]
    [InlineData("--batch", "65536 --size 1024x1024", ErrorCodes.Usage, "--batch 65536 of --size 1024x1024 has more than 2 GB", 2)]
    [InlineData("--dataset", "none", ErrorCodes.DatasetDamaged, "does not hold a dataset 'none'", 1)]
    [InlineData("--generation", "7", ErrorCodes.DatasetDamaged, "does not hold generation 7", 1)]
    public async Task Train_OnWhatIsNotThere_LeavesAFolderThatAnotherStartCanTake(string option, string value, string code, string text, int exitCode)
    {
        var pins = Scratch.Tree(set.Root, "pins");
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, [option, .. value.Split(' ')]), code, text, exitCode);
        Assert.False(File.Exists(Path.Combine(Run, RunFolder.ConfigName)));
        Assert.Equal(pins, Scratch.Tree(set.Root, "pins"));
    }

    [Fact]
    public async Task LearningRate_Of1e30_HasDivergedAndNamesStepAndFaces()
    {
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, "--learning-rate", "1e30", "--checkpoint-every", "0s"), ErrorCodes.Diverged, "The loss is ");
        Assert.False(TrainerProcess.Has(Path.Combine(Run, "checkpoints"), "*"));
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, "--learning-rate", "1e30", "--resume"), ErrorCodes.Diverged, " at step 1 (epoch 1, batch 1), on the faces training: ");
    }

    [Fact]
    public async Task Checkpoint_CutAtTenPlaces_GivesWayToTheOneBefore()
    {
        for (var cut = 0; cut < 10; cut++)
        {
            var run = scratch[$"cut{cut}"];
            TrainerProcess.Copy(set.Undisturbed, run);
            var newest = Checkpoints(run)[^1];
            File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..((int)new FileInfo(newest).Length * cut / 10)]);
            var result = await set.TrainAsync(run, "--resume");
            Assert.True(result.ExitCode == 0, result.Output);
            Assert.Contains("is cut short or altered", result.Errors, StringComparison.Ordinal);
            Assert.Contains("The checkpoint before it is taken.", result.Errors, StringComparison.Ordinal);
            set.AssertEndedLikeUndisturbed(run);
        }
    }

    [Fact]
    public async Task Checkpoints_NoneOfThemWhole_AreCheckpointDamaged()
    {
        TrainerProcess.Copy(set.Undisturbed, Run);
        foreach (var file in Checkpoints(Run)) File.AppendAllText(file, "more");
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, "--resume"), ErrorCodes.CheckpointDamaged, "No checkpoint in ");
    }

    /// <summary>Their names say that they are whole, so the header itself is met.</summary>
    [Theory]
    [InlineData(ulong.MaxValue, "{}")]
    [InlineData(1UL << 62, "{}")]
    [InlineData(2UL, "{}")]
    [InlineData(66UL, """{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,""")]
    public async Task Checkpoint_WithAHostileHeader_IsCheckpointDamaged(ulong length, string header)
    {
        TrainerProcess.Copy(set.Undisturbed, Run);
        foreach (var file in Checkpoints(Run)) File.Delete(file);
        using var content = new MemoryStream();
        Span<byte> stated = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(stated, length);
        content.Write(stated);
        content.Write(System.Text.Encoding.UTF8.GetBytes(header));
        var name = CheckpointFolder.NameOf(new(2, 0), content);
        File.WriteAllBytes(Path.Combine(Run, "checkpoints", name), content.ToArray());
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, "--resume"), ErrorCodes.CheckpointDamaged, name);
    }

    [Fact]
    public async Task Checkpoint_OfAnotherRun_IsCheckpointDamaged()
    {
        Assert.Equal(0, (await set.TrainAsync(scratch["other"], "--epochs", "1")).ExitCode);
        TrainerProcess.Copy(set.Undisturbed, Run);
        Directory.Delete(Path.Combine(Run, "checkpoints"), recursive: true);
        TrainerProcess.Copy(scratch["other/checkpoints"], Path.Combine(Run, "checkpoints"));
        TrainerProcess.AssertFailed(await set.TrainAsync(Run, "--resume"), ErrorCodes.CheckpointDamaged, "it belongs to another run");
    }

    public void Dispose() => scratch.Dispose();

    private static string[] Checkpoints(string run) => [.. Directory.GetFiles(Path.Combine(run, "checkpoints")).Order(StringComparer.Ordinal)];
}
