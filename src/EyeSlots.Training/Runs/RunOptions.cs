using System.Text.Json;
using System.Text.Json.Nodes;

namespace EyeSlots.Training.Runs;

/// <summary>What decides a run's weights, option by option, by the names of the command line.</summary>
internal static class RunOptions
{
    /// <summary>All options, in the order in which <c>config.json</c> has them.</summary>
    public static IEnumerable<(string Option, JsonNode? Value)> Of(RunSettings settings) =>
        Flat(JsonSerializer.SerializeToNode(settings, RunJson.Default.RunSettings)!.AsObject());

    /// <summary>A value as a sentence takes it.</summary>
    public static string Show(JsonNode? value) => value switch
    {
        null => "not set",
        JsonArray list => string.Join(", ", list.Select(Show)),
        JsonObject model => model["name"] is { } name ? $"{name} ({model.ToJsonString()})" : model.ToJsonString(),
        _ => value.ToString(),
    };

    // A model is one option, whatever it is made of; augmentation and optimization are groups of options.
    private static IEnumerable<(string Option, JsonNode? Value)> Flat(JsonObject group) => group.SelectMany(field =>
        field is { Key: not "model", Value: JsonObject inner } ? Flat(inner) : [("--" + JsonNamingPolicy.KebabCaseLower.ConvertName(field.Key), field.Value)]);
}
