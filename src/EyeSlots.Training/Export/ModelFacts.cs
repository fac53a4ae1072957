using System.Globalization;
using EyeSlots.Training.Models;
using EyeSlots.Training.Runs;

namespace EyeSlots.Training.Export;

/// <summary>What an exported file says of its model beside the weights, as texts: enough to cut faces for it and to read its numbers.</summary>
/// <param name="model">The model.</param>
internal sealed class ModelFacts(ModelFile model)
{
    /// <summary>What wrote the file.</summary>
    internal const string Producer = "EyeSlots";

    /// <summary>What comes out of the network.</summary>
    internal const string OutputText = "Valence and arousal of each face; labels lie from -1 to 1, and nothing is clipped to that";

    private readonly EyeNetwork network = model.Network;

    /// <summary>The version of what wrote it.</summary>
    internal static string Version => RunSurroundings.Program;

    /// <summary>What goes into the network.</summary>
    internal string InputText =>
        $"Eye slots of {network.Input.Width} x {network.Input.Height} pixels, row by row from the upper left: bytes, {(network.Input.Gray ? "gray" : "red before green before blue")}";

    /// <summary>Names and texts, always in this order.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> All =>
    [
        new("producer", $"{Producer} {Version}"),
        new("model", network.Description.Name),
        new("architecture", ModelDescriptionJson.Write(network.Description).ToJsonString()),
        new("input", network.Input.ToString()),
        new("channels", network.Input.Gray ? "gray" : "red, green, blue"),
        new("outputs", "valence, arousal"),
        new("mean_labels", string.Create(CultureInfo.InvariantCulture, $"{model.MeanValence}, {model.MeanArousal}")),
        new("slots", model.Slots.ToJsonString()),
    ];
}
