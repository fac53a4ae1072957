using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EyeSlots.Spark.Worker;

/// <summary>
/// The command of a task: a UTF-8 JSON object <c>{"function": NAME, "parameters": {…}}</c>. Parameters may be absent; other keys
/// are ignored.
/// </summary>
internal readonly record struct FunctionCall(string Function, JsonElement? Parameters)
{
    /// <exception cref="FunctionCallException">The bytes are no such object.</exception>
    internal static FunctionCall Parse(ReadOnlyMemory<byte> command)
    {
        try
        {
            using var document = JsonDocument.Parse(command);
            var root = document.RootElement;
            var name = root.GetProperty("function").GetString() ?? throw new FormatException("the function has no name");
            return new(name, root.TryGetProperty("parameters", out var parameters) ? parameters.Clone() : null);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new FunctionCallException($"The command names no function: {broken.Message}", broken);
        }
    }

    /// <exception cref="FunctionCallException">The parameters are absent or do not fit.</exception>
    internal static T ReadParameters<T>(string function, JsonElement? json, JsonTypeInfo<T> type)
    {
        try
        {
            return json is { } element && element.Deserialize(type) is { } parameters
                ? parameters
                : throw new FunctionCallException($"The function '{function}' needs parameters.");
        }
        catch (Exception broken) when (broken is JsonException or NotSupportedException)
        {
            throw new FunctionCallException($"The parameters of the function '{function}' cannot be read: {broken.Message}", broken);
        }
    }
}

/// <summary>The client asked for a function that is not there, or in a way that it does not understand.</summary>
internal sealed class FunctionCallException(string message, Exception? inner = null) : Exception(message, inner);
