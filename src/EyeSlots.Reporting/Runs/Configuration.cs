using System.Text.Json;

namespace EyeSlots.Reporting.Runs;

/// <summary><c>config.json</c> as a list of options, each with what stands there.</summary>
/// <param name="Options">In the order of the file.</param>
internal sealed record Configuration(IReadOnlyList<(string Name, string Value)> Options)
{
    private const int MostOptions = 2000;

    /// <summary>Lists an object's fields, those of objects in it by their path.</summary>
    /// <exception cref="JsonException">There are more than any run has.</exception>
    public static Configuration Of(JsonElement file)
    {
        List<(string, string)> options = [];
        Add("", file, options);
        return new(options);
    }

    private static void Add(string path, JsonElement value, List<(string, string)> options)
    {
        if (options.Count >= MostOptions) throw new JsonException($"it has more than {MostOptions} fields");
        if (value.ValueKind != JsonValueKind.Object)
        {
            options.Add((path, Text(value)));
            return;
        }

        foreach (var field in value.EnumerateObject()) Add(path.Length == 0 ? field.Name : $"{path}.{field.Name}", field.Value, options);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "none",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
