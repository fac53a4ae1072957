using System.Text.Json;
using System.Text.Json.Nodes;
using EyeSlots.Core;

namespace EyeSlots.Training.Models;

/// <summary>
/// A model as JSON: <c>{"kind": "vgg", "name": "mine", "blocks": [16, 32], "dense": [64], "dropout": 0.1, "epochs": 10, "cutout": 0}</c>
/// or <c>{"kind": "wide-resnet", "name": "mine", "depth": 16, "widen": 4, …}</c>. What is left out has a default, but for
/// <c>kind</c>, <c>blocks</c>, <c>dense</c>, <c>depth</c> and <c>widen</c>. Files come from anywhere: nothing is taken unchecked.
/// </summary>
public static class ModelDescriptionJson
{
    private const int MostBytes = 1 << 16;
    private const string Vgg = "vgg", WideResNet = "wide-resnet";

    /// <summary>Reads a file.</summary>
    /// <exception cref="EyeSlotsException">usage: the file, the field, and what it may hold.</exception>
    public static ModelDescription ReadFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Require.That(file.Length <= MostBytes, $"--model {path} has {file.Length} bytes; a model has at most {MostBytes}.");
            using var json = JsonDocument.Parse(file, new() { MaxDepth = 4 });
            return Read(json.RootElement, Path.GetFileNameWithoutExtension(path));
        }
        catch (JsonException error)
        {
            throw new EyeSlotsException(ErrorCodes.Usage, $"--model {path} is no JSON: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new EyeSlotsException(ErrorCodes.Usage, $"--model {path} cannot be read ({error.Message}); it may be {string.Join(", ", ModelDescription.Names)} or a file.", error);
        }
        catch (EyeSlotsException error) when (!error.Message.StartsWith("--model", StringComparison.Ordinal))
        {
            throw new EyeSlotsException(ErrorCodes.Usage, $"--model {path}: {error.Message}", error);
        }
    }

    /// <summary>Reads an object.</summary>
    /// <param name="model">The object.</param>
    /// <param name="name">The model's name where the object has none.</param>
    /// <exception cref="EyeSlotsException">usage: the field, and what it may hold.</exception>
    public static ModelDescription Read(JsonElement model, string name)
    {
        var fields = new JsonFields(model);
        ModelDescription read = fields.Text("kind", null) switch
        {
            Vgg => new VggDescription(
                fields.Text("name", name), fields.WholeNumbers("blocks"), fields.WholeNumbers("dense"),
                fields.Number("dropout", 0), fields.WholeNumber("epochs", 35), fields.Number("cutout", 0)),
            WideResNet => new WideResNetDescription(
                fields.Text("name", name), fields.WholeNumber("depth", null), fields.WholeNumber("widen", null),
                fields.Number("dropout", 0.3), fields.WholeNumber("epochs", 50), fields.Number("cutout", 0.5)),
            var other => throw new EyeSlotsException(ErrorCodes.Usage, $"kind must be \"{Vgg}\" or \"{WideResNet}\", not \"{other}\"."),
        };
        fields.RequireAllRead();
        return read.Validated();
    }

    /// <summary>The object that <see cref="Read"/> reads.</summary>
    public static JsonObject Write(ModelDescription model)
    {
        JsonObject json = new() { ["kind"] = model is VggDescription ? Vgg : WideResNet, ["name"] = model.Name };
        if (model is VggDescription vgg)
        {
            json["blocks"] = new JsonArray([.. vgg.Blocks.Select(channels => (JsonNode)channels)]);
            json["dense"] = new JsonArray([.. vgg.Dense.Select(units => (JsonNode)units)]);
        }
        else if (model is WideResNetDescription wide)
        {
            (json["depth"], json["widen"]) = (wide.Depth, wide.Widen);
        }

        (json["dropout"], json["epochs"], json["cutout"]) = (model.Dropout, model.Epochs, model.Cutout);
        return json;
    }
}
