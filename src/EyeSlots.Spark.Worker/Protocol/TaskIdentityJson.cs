using System.Text.Json;

namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>The task's identity as Spark 4.2 and later send it: a JSON object whose keys come in any order, some of them new.</summary>
internal static class TaskIdentityJson
{
    /// <exception cref="WireFormatException">The text is no such object, or a number is missing.</exception>
    internal static TaskIdentity Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new WireFormatException($"The task's JSON cannot be read: {broken.Message}", broken);
        }
    }

    private static TaskIdentity Read(JsonElement task) => new()
    {
        StageId = task.GetProperty("stageId").GetInt32(),
        PartitionId = task.GetProperty("partitionId").GetInt32(),
        AttemptNumber = task.GetProperty("attemptNumber").GetInt32(),
        TaskAttemptId = task.GetProperty("taskAttemptId").GetInt64(),
        Cpus = task.GetProperty("cpus").GetInt32(),
        Resources = ReadResources(task.GetProperty("resources")),
        LocalProperties = ReadMap(task.GetProperty("localProperties")),
    };

    private static Dictionary<string, string> ReadMap(JsonElement map)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in map.EnumerateObject()) properties[property.Name] = property.Value.GetString() ?? "";
        return properties;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadResources(JsonElement map)
    {
        var resources = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var resource in map.EnumerateObject())
        {
            resources[resource.Name] = resource.Value.TryGetProperty("addresses", out var addresses)
                ? [.. addresses.EnumerateArray().Select(address => address.GetString() ?? "")]
                : [];
        }

        return resources;
    }
}
