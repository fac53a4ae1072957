using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

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
    [RequiresUnreferencedCode("Reflects over the parameters; programs compiled ahead of time give a JsonTypeInfo.")]
    [RequiresDynamicCode("Reflects over the parameters; programs compiled ahead of time give a JsonTypeInfo.")]
    public static SparkFunction With<T>(string name, T parameters, JsonSerializerOptions? options = null) =>
        With(name, JsonSerializer.SerializeToNode(parameters, options));

    /// <summary>The same for programs that are compiled ahead of time or trimmed.</summary>
    /// <exception cref="ArgumentException">The parameters do not serialise to a JSON object.</exception>
    public static SparkFunction With<T>(string name, T parameters, JsonTypeInfo<T> type) => With(name, JsonSerializer.SerializeToNode(parameters, type));

    /// <summary>The JSON text.</summary>
    public override string ToString() => Json().ToJsonString();

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    private static SparkFunction With(string name, JsonNode? parameters) => parameters is JsonObject json
        ? new(name, json)
        : throw new ArgumentException($"The parameters of '{name}' must be a JSON object, not a value or a list.", nameof(parameters));

    private JsonObject Json() => new() { ["function"] = Name, ["parameters"] = parameters.DeepClone() };
}
