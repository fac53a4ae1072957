using System.Text.Json;
using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Core.Storage;
using EyeSlots.Training.Augmentation;
using TorchSharp;

namespace EyeSlots.Training.Models;

/// <summary>
/// A trained model as it lies in a folder: <c>model.safetensors</c> with PyTorch's names, and <c>model.json</c>, which says what network they
/// belong to and how faces were cut for it.
/// </summary>
/// <param name="Network">The network; its owner disposes of it.</param>
/// <param name="Slots">How the dataset's slots were cut, as its manifest tells it: what predictions must do likewise.</param>
/// <param name="MeanValence">The training labels' mean.</param>
/// <param name="MeanArousal">Likewise.</param>
internal sealed record ModelFile(EyeNetwork Network, JsonObject Slots, float MeanValence, float MeanArousal)
{
    /// <summary>The names in the folder.</summary>
    public const string WeightsName = "model.safetensors", DescriptionName = "model.json";

    private const int Format = 1, MostBytes = 1 << 20;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Puts a folder with both files in the place of the one that is there (<see cref="DurableFolder.Write"/>).</summary>
    /// <param name="folder">The folder; the one above it is there.</param>
    /// <exception cref="EyeSlotsException">disk-full, storage-failed. What was there is untouched.</exception>
    public void Save(string folder) => DurableFolder.Write(folder, aside =>
    {
        using (var weights = File.Create(Path.Combine(aside, WeightsName)))
        {
            SafetensorsWriter.Write(weights, [.. NetworkState.Of(Network)], new Dictionary<string, string> { ["format"] = "pt" });
        }

        File.WriteAllText(Path.Combine(aside, DescriptionName), Description().ToJsonString(Indented) + "\n");
    });

    /// <summary>Reads a folder that <see cref="Save"/> has written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the network shall compute.</param>
    /// <exception cref="EyeSlotsException">checkpoint-damaged: a file is missing or not as it should be; model-mismatch: the two do not belong together.</exception>
    public static ModelFile Load(string folder, torch.Device device)
    {
        var read = Read(Path.Combine(folder, DescriptionName));
        using var weights = SafetensorsFile.Open(Path.Combine(folder, WeightsName));
        try
        {
            KeyValuePair<string, torch.Tensor>[] tensors = [.. NetworkState.Of(read.Network)];
            weights.RequireExactly(tensors);
            foreach (var (name, tensor) in tensors) weights.Read(name, tensor);
            read.Network.to(device);
            read.Network.eval();
            return read;
        }
        catch
        {
            read.Network.Dispose();
            throw;
        }
    }

    private JsonObject Description() => new()
    {
        ["format"] = Format,
        ["model"] = ModelDescriptionJson.Write(Network.Description),
        ["input"] = new JsonObject { ["width"] = Network.Input.Width, ["height"] = Network.Input.Height, ["gray"] = Network.Input.Gray },
        ["labels"] = new JsonObject { ["meanValence"] = MeanValence, ["meanArousal"] = MeanArousal },
        ["slots"] = Slots.DeepClone(),
    };

    private static ModelFile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes) throw Damaged(path, $"it has {file.Length} bytes");
            var json = JsonNode.Parse(file, documentOptions: new() { MaxDepth = 16 })!.AsObject();
            if ((int)json["format"]! != Format) throw Damaged(path, $"its format is {json["format"]}, not {Format}");
            using var model = JsonDocument.Parse(json["model"]!.ToJsonString());
            var (input, labels) = (json["input"]!, json["labels"]!);
            var shape = new InputShape((int)input["width"]!, (int)input["height"]!, (bool)input["gray"]!).Validated();
            var network = EyeNetwork.Create(ModelDescriptionJson.Read(model.RootElement, "model"), shape, 0, 0, seed: 0);
            return new(network, json["slots"]!.DeepClone().AsObject(), (float)labels["meanValence"]!, (float)labels["meanArousal"]!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EyeSlotsException(ErrorCodes.CheckpointDamaged, $"{path} cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or InvalidOperationException or FormatException or OverflowException)
        {
            throw Damaged(path, "a field is missing or has another kind", error);
        }
        catch (EyeSlotsException error) when (error.Code == ErrorCodes.Usage)
        {
            throw Damaged(path, error.Message.TrimEnd('.'), error);
        }
    }

    private static EyeSlotsException Damaged(string path, string why, Exception? inner = null) => new(ErrorCodes.CheckpointDamaged, $"{path} is damaged: {why}.", inner);
}
