using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Integration.Tests.Cli;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Runs;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Export;

/// <summary><c>eyeslots export</c> as users call it, on a run that was really trained.</summary>
[Collection(TrainerRuns.Name)]
public sealed class ExportProgramTests(TrainingSet set) : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Onnx_OfARun_PredictsWhatTheRunsModelPredicts()
    {
        var said = await EyeSlotsProgram.JsonAsync("export", "--run", set.Undisturbed, "--out", scratch["eyes.onnx"]);
        Assert.Equal(("onnx", "smallest", 16, 32, 3), (said.GetProperty("format").GetString(), said.GetProperty("model").GetString(), Whole(said, "height"), Whole(said, "width"), Whole(said, "channels")));
        Assert.Equal(new FileInfo(scratch["eyes.onnx"]).Length, said.GetProperty("bytes").GetInt64());
        LibTorch.Load();
        using var model = RunModel.Load(set.Undisturbed, torch.CPU);
        using var onnx = new OnnxRuntime(scratch["eyes.onnx"]);
        var batch = RandomBatch.Of(model.Input, 5);
        foreach (var (own, other) in model.Predict(batch).ToArray().Zip(onnx.Predict(batch))) Assert.Equal(own, other, 1e-5f);
    }

    [Theory]
    [InlineData("eyes.onnx")]
    [InlineData("eyes.safetensors")]
    public async Task File_OfTheSameRun_HasTheSameBytesAndTakesThePlaceOfWhatIsThere(string name)
    {
        await File.WriteAllTextAsync(scratch[name], "something else");
        await EyeSlotsProgram.JsonAsync("export", "--run", set.Undisturbed, "--out", scratch[name]);
        var first = await File.ReadAllBytesAsync(scratch[name]);
        await EyeSlotsProgram.JsonAsync("export", "--run", set.Undisturbed, "--out", scratch[name]);
        Assert.Equal(first, await File.ReadAllBytesAsync(scratch[name]));
        Assert.Equal([name], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Safetensors_OfARun_HoldsTheWeightsOfItsBestModel()
    {
        await EyeSlotsProgram.JsonAsync("export", "--run", set.Undisturbed, "--out", scratch["eyes.safetensors"]);
        var best = await Python.RunAsync("Export/read_safetensors.py", "", Path.Combine(RunFolder.BestOf(set.Undisturbed), ModelFile.WeightsName));
        var exported = await Python.RunAsync("Export/read_safetensors.py", "", scratch["eyes.safetensors"]);
        Assert.Equal(best.GetProperty("tensors").GetRawText(), exported.GetProperty("tensors").GetRawText());
    }

    [Fact]
    public async Task WrongLine_IsRefusedAndWritesNothing()
    {
        var run = set.Undisturbed;
        await FailsAsync(run, scratch["eyes.pt"], ErrorCodes.Usage, "--out takes a file that ends with .onnx or .safetensors, not", 2);
        await FailsAsync(run, scratch["eyes"], ErrorCodes.Usage, "ends with .onnx or .safetensors", 2);
        await FailsAsync(run, scratch["none/eyes.onnx"], ErrorCodes.Usage, "there is no folder for", 2);
        await FailsAsync(run, "s3://bucket/eyes.onnx", ErrorCodes.Usage, "is on S3", 2);
        await FailsAsync(run, Path.Combine(RunFolder.BestOf(run), ModelFile.WeightsName), ErrorCodes.Usage, "lies in the run's own model", 2);
        await FailsAsync(scratch["none"], scratch["eyes.onnx"], ErrorCodes.Usage, "holds no run", 2);
        await FailsAsync(set.Photographs, scratch["eyes.onnx"], ErrorCodes.Usage, "holds no run", 2);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
        Directory.CreateDirectory(scratch["folder.onnx"]);
        await FailsAsync(run, scratch["folder.onnx"], ErrorCodes.Usage, "is a folder", 2);
    }

    [Fact]
    public async Task RunThatHasNoWholeModel_IsRefusedAndLeavesWhatWasThere()
    {
        var (run, file) = (scratch["run"], scratch["eyes.onnx"]);
        SavedRun.Make(run, ModelDescription.Of("tiny"), new(32, 16, false));
        var (weights, description) = (Path.Combine(RunFolder.BestOf(run), ModelFile.WeightsName), Path.Combine(RunFolder.BestOf(run), ModelFile.DescriptionName));
        await File.WriteAllTextAsync(file, "as it was");
        var whole = await File.ReadAllBytesAsync(weights);
        await File.WriteAllBytesAsync(weights, whole[..^5]);
        await FailsAsync(run, file, ErrorCodes.CheckpointDamaged, weights);
        await File.WriteAllBytesAsync(weights, whole);
        var json = JsonNode.Parse(await File.ReadAllTextAsync(description))!;
        json["model"]!["dense"] = new JsonArray(17);
        await File.WriteAllTextAsync(description, json.ToJsonString());
        await FailsAsync(run, file, ErrorCodes.ModelMismatch, "classifier.0.weight");
        await File.WriteAllTextAsync(description, "{");
        await FailsAsync(run, file, ErrorCodes.CheckpointDamaged, description);
        Directory.Delete(RunFolder.BestOf(run), recursive: true);
        await FailsAsync(run, file, ErrorCodes.CheckpointDamaged, "has no best model");
        Assert.Equal("as it was", await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("eyes.onnx")]
    [InlineData("eyes.safetensors")]
    public async Task WeightsThatAreNoNumbers_AreRefused(string name)
    {
        var run = SavedRun.Make(scratch["run"], ModelDescription.Of("tiny"), new InputShape(32, 16, false), MadeRun.Diverge);
        await FailsAsync(run, scratch[name], ErrorCodes.Diverged, "holds what is no number");
        Assert.False(File.Exists(scratch[name]));
    }

    [Fact]
    public async Task FullDisk_IsSaidAndLeavesNothing()
    {
        using var disk = await SmallDisk.MountAsync(kilobytes: 100);
        var run = SavedRun.Make(scratch["run"], ModelDescription.Of("tiny"), InputShape.Default);
        await FailsAsync(run, Path.Combine(disk.Folder, "eyes.onnx"), ErrorCodes.DiskFull, "eyes.onnx");
        Assert.Empty(Directory.GetFiles(disk.Folder));
    }

    private static int Whole(System.Text.Json.JsonElement said, string name) => said.GetProperty(name).GetInt32();

    private static async Task FailsAsync(string run, string file, string code, string text, int exitCode = 1) =>
        TrainerProcess.AssertFailed(await EyeSlotsProgram.RunAsync("export", "--run", run, "--out", file, "--json"), code, text, exitCode);
}
