using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sylvan.Data.Csv;

namespace EyeSlots.Integration.Tests.Pages;

/// <summary>A run's files, read by the test without any code of the pages.</summary>
internal sealed class RunFolder(string folder)
{
    public JsonObject Config => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject();

    public JsonObject Leaks => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "leaks.json")))!.AsObject();

    /// <summary>An object for each epoch.</summary>
    public JsonObject[] Epochs => [.. File.ReadLines(Path.Combine(folder, "metrics.jsonl")).Select(line => JsonNode.Parse(line)!.AsObject())];

    /// <summary>The evaluations' files without their ends, in order.</summary>
    public string[] Evaluations => [.. Directory.EnumerateFiles(Path.Combine(folder, "evaluations"), "*.json").Select(file => Path.ChangeExtension(file, null)).Order(StringComparer.Ordinal)];

    public static JsonObject Numbers(string evaluation) => JsonNode.Parse(File.ReadAllText(evaluation + ".json"))!.AsObject();

    /// <summary>The predictions: list, path, face, and true and predicted valence and arousal.</summary>
    public static IReadOnlyList<(string Face, double Valence, double Arousal, double ShownValence, double ShownArousal)> Predictions(string evaluation)
    {
        using var csv = CsvDataReader.Create(evaluation + ".csv");
        List<(string, double, double, double, double)> rows = [];
        while (csv.Read()) rows.Add(($"{csv.GetString(0)}: {csv.GetString(1)} #{csv.GetString(2)}", Number(3), Number(4), Number(5), Number(6)));
        return rows;

        double Number(int column) => double.Parse(csv.GetString(column), CultureInfo.InvariantCulture);
    }

    /// <summary>A number of an object, or NaN where it is null.</summary>
    public static double Number(JsonNode? value) => value?.GetValue<double>() ?? double.NaN;

    /// <summary>Every value of an object and of the objects in it, by its path.</summary>
    public static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonNode? node, string path = "") => node is JsonObject fields
        ? fields.SelectMany(field => Leaves(field.Value, path.Length == 0 ? field.Key : $"{path}.{field.Key}"))
        : [(path, node)];
}
