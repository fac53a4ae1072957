using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Evaluation;
using EyeSlots.Training.Export;
using EyeSlots.Training.Export.Onnx;
using EyeSlots.Training.Models;
using EyeSlots.Training.Tests.Tools;
using TorchSharp;

namespace EyeSlots.Training.Tests.Export;

/// <summary>ONNX Runtime computes from an exported file what TorchSharp computes from the run, from the same bytes.</summary>
public sealed class OnnxTests : IDisposable
{
    private const float Tolerance = 1e-5f;
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("tiny", 96, 32)]
    [InlineData("M1", 96, 32)]
    [InlineData("M2", 96, 32)]
    [InlineData("WRN-16-2", 96, 32)]
    [InlineData("WRN-16-8", 96, 32)]
    [InlineData("WRN-28-10", 96, 32)]
    public void Predictions_OfEachModel_AreTorchSharps(string model, int width, int height) => AssertSame(ModelDescription.Of(model), new(width, height, false));

    [Theory]
    [InlineData("tiny", 96, 32)]
    [InlineData("WRN-16-2", 40, 24)]
    public void Predictions_OfGrayPixels_AreTorchSharps(string model, int width, int height) => AssertSame(ModelDescription.Of(model), new(width, height, true));

    public static TheoryData<ModelDescription> UnusualModels =>
    [
        new VggDescription("one block, no dense layer", [5], [], Dropout: 0.5, Epochs: 1),
        new WideResNetDescription("as narrow as its first layer", 10, 1),
    ];

    [Theory]
    [MemberData(nameof(UnusualModels))]
    public void Predictions_OfAModelFromAFileAndAnOddSize_AreTorchSharps(ModelDescription model) => AssertSame(model, new(27, 13, false));

    [Fact]
    public void File_SaysWhatGoesInAndOut()
    {
        using var onnx = new OnnxRuntime(Export("tiny", new(96, 32, false)));
        Assert.Equal([-1, 32, 96, 3], onnx.Shapes.Input);
        Assert.Equal([-1, 2], onnx.Shapes.Output);
        var said = onnx.Metadata.CustomMetadataMap;
        Assert.Equal((ModelFacts.Producer, "tiny"), (onnx.Metadata.ProducerName, onnx.Metadata.GraphName));
        Assert.Equal(("tiny", "96x32", "red, green, blue", "valence, arousal", "0.25, -0.5"), (said["model"], said["input"], said["channels"], said["outputs"], said["mean_labels"]));
        Assert.Contains("\"blocks\":[16,32,64]", said["architecture"], StringComparison.Ordinal);
        Assert.Contains("\"growX\":", said["slots"], StringComparison.Ordinal);
    }

    [Fact]
    public void File_OfGrayPixels_SaysOneChannel()
    {
        using var onnx = new OnnxRuntime(Export("tiny", new(32, 16, true)));
        Assert.Equal([-1, 16, 32, 1], onnx.Shapes.Input);
        Assert.Equal("gray", onnx.Metadata.CustomMetadataMap["channels"]);
    }

    [Fact]
    public void Operators_AreOfOpset15AndNamedAsPyTorchNamesModules()
    {
        var file = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Export("WRN-16-2", new(32, 16, false))));
        Assert.Equal(("", 15L), (Assert.Single(file.OpsetImport).Domain, file.OpsetImport[0].Version));
        string[] known = ["Transpose", "Cast", "Div", "Sub", "Conv", "BatchNormalization", "Relu", "Add", "GlobalAveragePool", "Flatten", "Gemm"];
        Assert.Equal(known, file.Graph.Node.Select(node => node.OpType).Distinct());
        Assert.Superset(new HashSet<string> { "conv1", "layer2.0.shortcut", "layer3.1.bn2", "fc" }, file.Graph.Node.Select(node => node.Name).ToHashSet());
        Assert.Equal(file.Graph.Node.Count, file.Graph.Node.Select(node => node.Name).Distinct().Count());
        Assert.Contains("layer1.0.bn1.running_var", file.Graph.Initializer.Select(tensor => tensor.Name));
    }

    private void AssertSame(ModelDescription model, InputShape input)
    {
        var run = SavedRun.Make(scratch["run"], model, input);
        ModelExport.Write(run, scratch["model.onnx"]);
        using var onnx = new OnnxRuntime(scratch["model.onnx"]);
        using var torchSharp = RunModel.Load(run, torch.CPU);
        foreach (var faces in (int[])[1, 5])
        {
            var batch = RandomBatch.Of(input, faces, seed: faces);
            var (expected, read) = (torchSharp.Predict(batch).ToArray(), onnx.Predict(batch));
            Assert.Equal(2 * faces, read.Length);
            for (var at = 0; at < read.Length; at++) Assert.Equal(expected[at], read[at], Tolerance);
            Assert.True(expected.Distinct().Count() == expected.Length, "A network that says the same of every face would prove nothing.");
        }
    }

    private string Export(string model, InputShape input)
    {
        ModelExport.Write(SavedRun.Make(scratch["run"], ModelDescription.Of(model), input), scratch["model.onnx"]);
        return scratch["model.onnx"];
    }
}
