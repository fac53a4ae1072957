using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Export.Onnx;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Torch;
using Google.Protobuf;
using TorchSharp;

namespace EyeSlots.Training.Export;

/// <summary>
/// The best model of a run as one file that other programs read: ONNX, which computes, or safetensors, which holds the weights under PyTorch's
/// names. The same model gives the same bytes, by the same version of this program.
/// </summary>
public static class ModelExport
{
    private const string Onnx = ".onnx", Safetensors = ".safetensors";

    /// <summary>Writes the file; what is there is replaced when all of it is written.</summary>
    /// <param name="run">The folder of the run.</param>
    /// <param name="file">ONNX or safetensors, by its ending.</param>
    /// <exception cref="EyeSlotsException">
    /// usage: the folder holds no run, or the file cannot be written for it. checkpoint-damaged: the run has no best model yet, or a file of it
    /// is damaged. model-mismatch: its files do not belong together. diverged: a weight is no number. disk-full, storage-failed: what was there
    /// is untouched.
    /// </exception>
    public static ExportSummary Write(string run, string file)
    {
        RequireExportable(run, file);
        LibTorch.Load();
        using var model = RunModel.Load(run, torch.CPU);
        RequireNumbers(run, model.File.Network);
        var (network, facts) = (model.File.Network, new ModelFacts(model.File));
        var isOnnx = Path.GetExtension(file) == Onnx;
        DurableFiles.Write(file, stream =>
        {
            if (isOnnx) OnnxModel.Of(network, facts).WriteTo(stream);
            else SafetensorsFile.Write(stream, [.. NetworkState.Of(network)], new Dictionary<string, string>([new("format", "pt"), .. facts.All]));
        });
        var input = network.Input;
        return new(run, file, isOnnx ? "onnx" : "safetensors", network.Description.Name, network.Weights, input.Height, input.Width, input.Channels, new FileInfo(file).Length);
    }

    private static void RequireExportable(string run, string file)
    {
        DurableFiles.RequireWritable("--out", file, Onnx, Safetensors);
        RunModel.RequireRun(run);
        var isOwn = Path.GetDirectoryName(Path.GetFullPath(file)) == Path.GetFullPath(RunFolder.BestOf(run));
        Require.That(!isOwn, $"--out: {file} lies in the run's own model; name a file elsewhere.");
    }

    private static void RequireNumbers(string run, EyeNetwork network)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in NetworkState.Of(network))
        {
            if (!tensor.isfinite().all().item<bool>())
                throw new EyeSlotsException(ErrorCodes.Diverged, $"{name} of the model of {run} holds what is no number; train it again with a lower learning rate.");
        }
    }
}
