using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Loading;
using EyeSlots.Training.Models;
using EyeSlots.Training.Optimization;
using EyeSlots.Training.Tests.Tools;
using EyeSlots.Training.Torch;
using TorchSharp;

namespace EyeSlots.Training.Tests.Models;

/// <summary>Trained models in their folder.</summary>
[Collection(nameof(TorchSteps))]
public sealed class ModelFileTests
{
    private static readonly InputShape Input = new(32, 16, true);

    static ModelFileTests() => LibTorch.Load();

    [Fact]
    public void Load_OfWhatWasSaved_IsTheSameModel()
    {
        using var scratch = new Scratch();
        using var network = EyeNetwork.Create(ModelDescription.Of("tiny"), Input, 0.1f, 0.2f, seed: 3).Stirred();
        var batch = RandomBatch.Of(Input, 6);
        using (var step = new TrainingStep(network, new(), 1, torch.CPU)) step.Run(batch, 0, 1);
        for (var time = 0; time < 2; time++)
            new ModelFile(network, new() { ["angle"] = "MinArea", ["growX"] = 0.1 }, 0.1f, 0.2f).Save(scratch["best"]);
        var loaded = ModelFile.Load(scratch["best"], torch.CPU);
        using var other = loaded.Network;
        Assert.Equal((network.Description, Input, 0.1f, 0.2f), (other.Description, other.Input, loaded.MeanValence, loaded.MeanArousal));
        Assert.Equal("MinArea", (string?)loaded.Slots["angle"]);
        Assert.Equal(Predict(network, batch), Predict(other, batch));
        Assert.Equal(["model.json", "model.safetensors"], Directory.GetFiles(scratch["best"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Load_OfWeightsThatBelongToAnotherModel_NamesTheTensorAndBothShapes()
    {
        using var scratch = new Scratch();
        Save(scratch["one"], "tiny");
        Save(scratch["other"], "WRN-16-2");
        File.Copy(Path.Combine(scratch["other"], ModelFile.WeightsName), Path.Combine(scratch["one"], ModelFile.WeightsName), overwrite: true);
        var error = Assert.Throws<EyeSlotsException>(() => ModelFile.Load(scratch["one"], torch.CPU));
        Assert.Equal(ErrorCodes.ModelMismatch, error.Code);
        Assert.Contains("has no tensor features.0.0.weight, which is F32 16 x 1 x 3 x 3 in the model", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "a field is missing or has another kind")]
    [InlineData("null", "a field is missing or has another kind")]
    [InlineData("{\"format\": 2}", "its format is 2, not 1")]
    [InlineData("{\"format\": 1, \"model\": {\"kind\": \"cnn\"}, \"input\": {\"width\": 32, \"height\": 16, \"gray\": true}}", "kind must be")]
    [InlineData("{\"format\": 1, \"model\": {}, \"input\": {\"width\": 1e9, \"height\": 16, \"gray\": true}}", "a field is missing or has another kind")]
    [InlineData("{\"format\": 1, \"model\": {}, \"input\": {\"width\": 5000, \"height\": 16, \"gray\": true}}", "must lie between 8 and 1024")]
    public void Load_OfADamagedDescription_SaysSo(string json, string why)
    {
        using var scratch = new Scratch();
        Save(scratch["best"], "tiny");
        File.WriteAllText(Path.Combine(scratch["best"], ModelFile.DescriptionName), json);
        var error = Assert.Throws<EyeSlotsException>(() => ModelFile.Load(scratch["best"], torch.CPU));
        Assert.Equal(ErrorCodes.CheckpointDamaged, error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static void Save(string folder, string model)
    {
        using var network = EyeNetwork.Create(ModelDescription.Of(model), Input, 0, 0, seed: 3).Stirred();
        new ModelFile(network, new JsonObject(), 0, 0).Save(folder);
    }

    private static float[] Predict(EyeNetwork network, FaceBatch batch)
    {
        using var inference = new Inference(network, torch.CPU);
        var outputs = new float[2 * batch.Count];
        inference.Predict(batch, outputs);
        return outputs;
    }
}
