using System.Text.Json;
using System.Text.Json.Nodes;
using EyeSlots.Core;
using EyeSlots.Training.Optimization;

namespace EyeSlots.Training.Runs;

/// <summary>Holds the options of a resume against those that the run was started with.</summary>
internal static class RunMismatch
{
    /// <summary>Demands the same settings; more epochs are allowed where no schedule depends on their number.</summary>
    /// <param name="there">Of the run's configuration.</param>
    /// <param name="here">Of the command line.</param>
    /// <exception cref="EyeSlotsException">run-mismatch: which option, here and there.</exception>
    public static void Refuse(RunSettings there, RunSettings here)
    {
        if (here.Epochs > there.Epochs && here.Optimization.Schedule == ScheduleKind.Constant) there = there with { Epochs = here.Epochs };
        Compare(ToJson(there), ToJson(here));
    }

    /// <summary>Demands the same dataset and, where one is asked for, generation.</summary>
    public static void Refuse(RunSource there, string dataset, int? generation)
    {
        if (dataset != there.Dataset) throw Differs("--dataset", there.Dataset, dataset);
        if (generation is { } asked && asked != there.Generation) throw Differs("--generation", there.Generation, asked);
    }

    private static void Compare(JsonObject there, JsonObject here)
    {
        foreach (var (name, value) in here)
        {
            if (JsonNode.DeepEquals(value, there[name])) continue;
            if (name is not "model" && value is JsonObject inner && there[name] is JsonObject other) Compare(other, inner);
            else throw Differs("--" + JsonNamingPolicy.KebabCaseLower.ConvertName(name), Show(there[name]), Show(value));
        }
    }

    private static JsonObject ToJson(RunSettings settings) => JsonSerializer.SerializeToNode(settings, RunJson.Default.RunSettings)!.AsObject();

    private static string Show(JsonNode? value) => value switch
    {
        null => "not set",
        JsonArray list => string.Join(", ", list.Select(Show)),
        JsonObject model => model["name"] is { } name ? $"{name} ({model.ToJsonString()})" : model.ToJsonString(),
        _ => value.ToString(),
    };

    private static EyeSlotsException Differs(string option, object there, object here) => new(
        ErrorCodes.RunMismatch, FormattableString.Invariant($"The run was started with {option} {there}, not {here}; resume it with its own options, or begin another run in another folder."));
}
