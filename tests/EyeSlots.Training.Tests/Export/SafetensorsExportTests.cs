using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Export;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;
using EyeSlots.Training.Tests.Tools;
using TorchSharp;

namespace EyeSlots.Training.Tests.Export;

/// <summary>Exported weights in Python: twenty lines of numpy read them, and PyTorch's own modules take them by their names.</summary>
public sealed class SafetensorsExportTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    public static TheoryData<string> Models => [.. ModelDescription.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Tensors_OfEachModel_AreReadByNumpy(string model)
    {
        var run = Export(model, new(48, 32, false));
        var read = (await Python.RunAsync("Export/read_safetensors.py", "", scratch["model.safetensors"])).GetProperty("tensors");
        using var network = ModelFile.Load(RunFolder.BestOf(run), torch.CPU).Network;
        using var scope = torch.NewDisposeScope();
        var tensors = NetworkState.Of(network).ToList();
        Assert.Equal(tensors.Select(tensor => tensor.Key).Order(StringComparer.Ordinal), read.EnumerateObject().Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        foreach (var (name, tensor) in tensors)
        {
            var (there, values) = (read.GetProperty(name), tensor.detach().to(torch.ScalarType.Float64));
            Assert.Equal(tensor.shape, there.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()));
            Assert.Equal(values.sum().item<double>(), there.GetProperty("sum").GetDouble(), 1e-6);
            Assert.Equal(values.flatten()[-1].item<double>(), there.GetProperty("last").GetDouble());
        }
    }

    [Theory]
    [InlineData("tiny", false)]
    [InlineData("M1", true)]
    [InlineData("M2", false)]
    [InlineData("WRN-16-2", false)]
    [InlineData("WRN-16-8", true)]
    [InlineData("WRN-28-10", false)]
    public async Task Weights_InPyTorchsNetworkOfTheSameNames_PredictTheSame(string model, bool gray)
    {
        InputShape input = new(48, 32, gray);
        var run = Export(model, input);
        var batch = RandomBatch.Of(input, 3);
        using var torchSharp = RunModel.Load(run, torch.CPU);
        var predicted = await Python.RunAsync("Export/torch_predictions.py", Convert.ToBase64String(batch.Pixels.Span), scratch["model.safetensors"]);
        foreach (var (own, other) in torchSharp.Predict(batch).ToArray().Zip(predicted.EnumerateArray(), (own, other) => (own, other.GetSingle()))) Assert.Equal(own, other, 1e-5f);
    }

    [Fact]
    public async Task Metadata_SaysWhatTheWeightsBelongTo()
    {
        Export("tiny", new(32, 16, true));
        var said = (await Python.RunAsync("Export/read_safetensors.py", "", scratch["model.safetensors"])).GetProperty("metadata");
        string Text(string name) => said.GetProperty(name).GetString()!;
        Assert.Equal(("pt", "tiny", "32x16", "gray", "valence, arousal", "0.25, -0.5"), (Text("format"), Text("model"), Text("input"), Text("channels"), Text("outputs"), Text("mean_labels")));
        Assert.StartsWith(ModelFacts.Producer, Text("producer"), StringComparison.Ordinal);
    }

    private string Export(string model, InputShape input)
    {
        var run = SavedRun.Make(scratch["run"], ModelDescription.Of(model), input);
        ModelExport.Write(run, scratch["model.safetensors"]);
        return run;
    }
}
