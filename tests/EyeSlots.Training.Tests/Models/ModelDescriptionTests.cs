using System.Text.Json;
using EyeSlots.Core;
using EyeSlots.Integration.Tests;
using EyeSlots.Training.Augmentation;
using EyeSlots.Training.Models;

namespace EyeSlots.Training.Tests.Models;

/// <summary>Models by name and from files.</summary>
public sealed class ModelDescriptionTests
{
    [Theory]
    [InlineData("tiny", 0.27, 0, 10, 0)]
    [InlineData("M1", 7.6, 0.2, 35, 0)]
    [InlineData("M2", 11.5, 0.2, 50, 0)]
    [InlineData("WRN-16-2", 0.7, 0.3, 50, 0.5)]
    [InlineData("WRN-16-8", 11, 0.3, 50, 0.5)]
    [InlineData("WRN-28-10", 36, 0.3, 50, 0.5)]
    public void Of_EachName_IsTheTablesRow(string name, double millions, double dropout, int epochs, double cutout)
    {
        var model = ModelDescription.Of(name);
        Assert.Equal((name, dropout, epochs, cutout), (model.Name, model.Dropout, model.Epochs, model.Cutout));

        // The table rounds: to the last digit that it shows.
        var digit = millions >= 20 ? 1 : millions >= 1 ? 0.1 : 0.01;
        Assert.InRange(WeightCount.Of(model, InputShape.Default) / 1e6, millions - digit, millions + digit);
    }

    [Fact]
    public void Of_WideResNet_HasTheLayersOfWrn16x8() =>
        Assert.Equal(ModelDescription.Of("WRN-16-8"), ModelDescription.Of("WideResNet") with { Name = "WRN-16-8" });

    [Fact]
    public void Of_AnUnknownName_NamesThoseThereAre()
    {
        var error = Assert.Throws<EyeSlotsException>(() => ModelDescription.Of("M3"));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.Equal("--model has no value M3; it may be tiny, M1, M2, WRN-16-2, WRN-16-8, WRN-28-10, WideResNet or a file that ends in .json.", error.Message);
    }

    [Fact]
    public void Of_AFile_HasItsLayersAndDefaults()
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch["mine.json"], """{"kind": "vgg", "blocks": [8, 16], "dense": [32], "dropout": 0.25}""");
        Assert.Equal(new VggDescription("mine", [8, 16], [32], 0.25, 35), ModelDescription.Of(scratch["mine.json"]));
        File.WriteAllText(scratch["wide.json"], """{"kind": "wide-resnet", "name": "w", "depth": 22, "widen": 4, "epochs": 3, "cutout": 0}""");
        Assert.Equal(new WideResNetDescription("w", 22, 4, 0.3, 3, 0), ModelDescription.Of(scratch["wide.json"]));
    }

    [Fact]
    public void Write_OfEachName_ReadsBackAsTheSame()
    {
        foreach (var model in ModelDescription.Names.Select(ModelDescription.Of))
        {
            using var json = JsonDocument.Parse(ModelDescriptionJson.Write(model).ToJsonString());
            Assert.Equal(model, ModelDescriptionJson.Read(json.RootElement, "other"));
        }
    }

    [Theory]
    [InlineData("{", "is no JSON: ")]
    [InlineData("[]", "the JSON must be an object.")]
    [InlineData("{}", "kind is missing; it must be a text.")]
    [InlineData("""{"kind": "cnn"}""", "kind must be \"vgg\" or \"wide-resnet\", not \"cnn\".")]
    [InlineData("""{"kind": "vgg", "dense": []}""", "blocks is missing; it must be a list of whole numbers.")]
    [InlineData("""{"kind": "vgg", "blocks": [], "dense": []}""", "the number of blocks must lie between 1 and 8, not 0.")]
    [InlineData("""{"kind": "vgg", "blocks": [16, 99999], "dense": []}""", "blocks must lie between 1 and 2048, not 99999.")]
    [InlineData("""{"kind": "vgg", "blocks": [16, 1.5], "dense": []}""", "blocks must be a whole number, not 1.5.")]
    [InlineData("""{"kind": "vgg", "blocks": 16, "dense": []}""", "blocks must be a list of whole numbers, not 16.")]
    [InlineData("""{"kind": "vgg", "blocks": [16], "dense": [-1]}""", "dense must lie between 1 and 8192, not -1.")]
    [InlineData("""{"kind": "vgg", "blocks": [16], "dense": [], "dropout": 1}""", "dropout must lie between 0 and 0.9, not 1.")]
    [InlineData("""{"kind": "vgg", "blocks": [16], "dense": [], "dropout": "no"}""", "dropout must be a number, not \"no\".")]
    [InlineData("""{"kind": "vgg", "blocks": [16], "dense": [], "epochs": 99999999999}""", "epochs must be a whole number, not 99999999999.")]
    [InlineData("""{"kind": "vgg", "blocks": [16], "dense": [], "width": 3}""", "there is no field width.")]
    [InlineData("""{"kind": "vgg", "kind": "vgg"}""", "kind is there twice.")]
    [InlineData("""{"kind": "wide-resnet", "depth": 17, "widen": 2}""", "depth must be 6 n + 4, such as 16, 22 or 28, not 17.")]
    [InlineData("""{"kind": "wide-resnet", "depth": 16, "widen": 21}""", "widen must lie between 1 and 20, not 21.")]
    [InlineData("""{"kind": "vgg", "blocks": [[[[[1]]]]], "dense": []}""", "is no JSON: ")]
    public void Of_AWrongFile_NamesFileFieldAndWhatIsAllowed(string json, string why)
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch["m.json"], json);
        var error = Assert.Throws<EyeSlotsException>(() => ModelDescription.Of(scratch["m.json"]));
        Assert.Equal(ErrorCodes.Usage, error.Code);
        Assert.StartsWith($"--model {scratch["m.json"]}", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AFileWithBytesThatAreNoText_SaysSo()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch["m.json"], [.. "{\"kind\": \""u8, 0xC3, 0x5B, .. "\"}"u8]);
        Assert.Equal($"--model {scratch["m.json"]}: a text in it is no UTF-8.", Assert.Throws<EyeSlotsException>(() => ModelDescription.Of(scratch["m.json"])).Message);
    }

    [Fact]
    public void Of_AFileThatIsMissingOrTooLarge_SaysSo()
    {
        using var scratch = new Scratch();
        Assert.Contains("cannot be read", Assert.Throws<EyeSlotsException>(() => ModelDescription.Of(scratch["m.json"])).Message, StringComparison.Ordinal);
        File.WriteAllText(scratch["m.json"], new string(' ', 70_000));
        Assert.Contains("a model has at most 65536", Assert.Throws<EyeSlotsException>(() => ModelDescription.Of(scratch["m.json"])).Message, StringComparison.Ordinal);
    }
}
