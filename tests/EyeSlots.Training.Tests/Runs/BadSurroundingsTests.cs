using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;

namespace EyeSlots.Training.Tests.Runs;

/// <summary>Shards that change under a run, a folder that fills up, memory that does not suffice: told, and the run goes on when it can.</summary>
[Collection(TrainerRuns.Name)]
public sealed class BadSurroundingsTests(TrainingSet set) : IDisposable
{
    private readonly Scratch scratch = new();

    private string Run => scratch["run"];

    [Theory]
    [InlineData("changed")]
    [InlineData("cut")]
    [InlineData("gone")]
    public async Task Shard_DamagedWithinARun_IsDatasetDamagedAndTheRunGoesOnWhenItIsGoodAgain(string damage)
    {
        var root = scratch["root"];
        TrainerProcess.Copy(set.Root, root);
        Assert.Equal(0, (await TrainAsync(root, "--epochs", "1")).ExitCode);
        var shards = Directory.GetFiles(Path.Combine(root, "shards")).ToDictionary(file => file, File.ReadAllBytes);
        foreach (var (file, bytes) in shards) Damage(file, bytes, damage);
        TrainerProcess.AssertFailed(await TrainAsync(root, "--resume"), ErrorCodes.DatasetDamaged, $"{root}/shards/");
        foreach (var (file, bytes) in shards) File.WriteAllBytes(file, bytes);
        Assert.Equal(0, (await TrainAsync(root, "--resume")).ExitCode);
        set.AssertEndedLikeUndisturbed(Run);
    }

    [Fact]
    public async Task Resume_OnAnotherRoot_TakesTheSameContentAndNoOther()
    {
        var (root, other) = (scratch["root"], scratch["other"]);
        TrainerProcess.Copy(set.Root, root);
        Assert.Equal(0, (await TrainAsync(set.Root, "--epochs", "2")).ExitCode);
        using (var changed = await Tools.DrawnDataset.DrawAsync(100, options => options with { Seed = 9 })) TrainerProcess.Copy(changed.Root, other);
        TrainerProcess.AssertFailed(await TrainAsync(other, "--resume"), ErrorCodes.DatasetDamaged, "is not the one that was pinned");
        Assert.Equal(0, (await TrainAsync(root, "--resume")).ExitCode);
        set.AssertEndedLikeUndisturbed(Run);
    }

    /// <summary>A file system of 1 MB, of this process' own, which a larger network's first checkpoints fill; then there is room.</summary>
    [Fact]
    public async Task Folder_ThatFillsUp_IsDiskFullAndTheLastCheckpointGoesOn()
    {
        File.WriteAllText(scratch["larger.json"], """{"kind": "vgg", "name": "larger", "blocks": [8, 16], "dense": [64]}""");
        Directory.CreateDirectory(Run);
        var line = string.Join(' ', set.Line(Run, "--model", scratch["larger.json"], "--checkpoint-every", "0s").Select(word => $"'{word}'"));
        File.WriteAllText(scratch["script"], $"""
            mount -t tmpfs -o size=1m none '{Run}'
            dd if=/dev/zero of='{Run}/ballast' bs=1k count=300 2>/dev/null
            '{EyeSlotsProgram.Trainer}' {line} > '{scratch["full.out"]}'; echo $? > '{scratch["full.code"]}'
            ls '{Run}/checkpoints' > '{scratch["full.left"]}'
            rm '{Run}/ballast'; mount -o remount,size=16m '{Run}'
            '{EyeSlotsProgram.Trainer}' {line} --resume > '{scratch["room.out"]}'; echo $? > '{scratch["room.code"]}'
            """);
        using (var process = EyeSlotsProgram.StartOther("unshare", new Dictionary<string, string>(), "--map-root-user", "--mount", "bash", scratch["script"])) await EyeSlotsProgram.EndAsync(process);
        TrainerProcess.AssertFailed(Result("full"), ErrorCodes.DiskFull, " are free. Make room, then go on with --resume.");
        Assert.NotEmpty(File.ReadAllLines(scratch["full.left"]));
        Assert.DoesNotContain(File.ReadAllLines(scratch["full.left"]), name => !name.EndsWith(".safetensors", StringComparison.Ordinal));
        Assert.Equal(0, Result("room").ExitCode);
    }

    [Fact]
    public async Task Memory_ThatDoesNotSuffice_IsOutOfMemory()
    {
        Dictionary<string, string> little = new() { ["DOTNET_GCHeapHardLimit"] = "0x6000000" };
        using var process = TrainerProcess.Start(little, set.Line(Run, "--batch", "20000", "--size", "96x32"));
        TrainerProcess.AssertFailed(await EyeSlotsProgram.EndAsync(process), ErrorCodes.OutOfMemory, "Take a smaller --batch, --size or --model");
    }

    /// <summary>The weights of the first layer alone need more than the process may have.</summary>
    [Fact]
    public async Task Memory_OfLibtorchThatDoesNotSuffice_IsOutOfMemory()
    {
        var line = string.Join(' ', set.Line(Run, "--model", "M2", "--batch", "200", "--size", "512x512").Select(word => $"'{word}'"));
        Dictionary<string, string> little = new() { ["DOTNET_GCHeapHardLimit"] = "0x20000000" };
        using var process = EyeSlotsProgram.StartOther("bash", little, "-c", $"ulimit -v 6000000; exec '{EyeSlotsProgram.Trainer}' {line}");
        TrainerProcess.AssertFailed(await EyeSlotsProgram.EndAsync(process), ErrorCodes.OutOfMemory, "--batch, --size or --model");
    }

    public void Dispose() => scratch.Dispose();

    private async Task<ProgramResult> TrainAsync(string root, params string[] more)
    {
        using var process = TrainerProcess.Start(set.LineAt(root, Run, more));
        return await EyeSlotsProgram.EndAsync(process);
    }

    private ProgramResult Result(string name) => new(int.Parse(File.ReadAllText(scratch[name + ".code"]), null), File.ReadAllText(scratch[name + ".out"]), "");

    private static void Damage(string file, byte[] bytes, string how)
    {
        if (how == "gone") File.Delete(file);
        else File.WriteAllBytes(file, how == "cut" ? bytes[..(bytes.Length / 2)] : [.. bytes[..(bytes.Length / 3)], (byte)(bytes[bytes.Length / 3] ^ 1), .. bytes[((bytes.Length / 3) + 1)..]]);
    }
}
