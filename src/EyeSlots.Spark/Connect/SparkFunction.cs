using System.Text.Json;
using System.Text.Json.Nodes;

namespace EyeSlots.Spark.Connect;

/// <summary>
/// A function that the worker executable knows by name, with the parameters of this use. It travels as UTF-8 JSON,
/// <c>{"function": name, "parameters": {…}}</c>; which executable runs it is the session's
/// <c>spark.sql.execution.pyspark.python</c>.
/// </summary>
public sealed class SparkFunction
{
    private readonly JsonObject parameters;

    /// <summary>Names a function.</summary>
    /// <param name="name">The name under which the worker registered it; not empty.</param>
    /// <param name="parameters">Copied; none when null.</param>
    /// <exception cref="ArgumentException">An empty name.</exception>
    public SparkFunction(string name, JsonObject? parameters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        this.parameters = parameters?.DeepClone().AsObject() ?? [];
    }

    /// <summary>The name under which the worker registered it.</summary>
    public string Name { get; }

    /// <summary>Names a function whose parameters are an object of the caller's.</summary>
    /// <exception cref="ArgumentException">The parameters do not serialise to a JSON object.</exception>
    public static SparkFunction With<T>(string name, T parameters, JsonSerializerOptions? options = null) =>
        JsonSerializer.SerializeToNode(parameters, options) is JsonObject json
            ? new(name, json)
            : throw new ArgumentException($"The parameters of '{name}' must be a JSON object, not a value or a list.", nameof(parameters));

    /// <summary>The JSON text.</summary>
    public override string ToString() => Json().ToJsonString();

    internal byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(Json());

    private JsonObject Json() => new() { ["function"] = Name, ["parameters"] = parameters.DeepClone() };
}
