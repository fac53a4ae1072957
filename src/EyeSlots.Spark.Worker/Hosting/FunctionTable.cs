using System.Text.Json;

namespace EyeSlots.Spark.Worker;

/// <summary>Makes the function of a task from the client's command bytes.</summary>
internal delegate IArrowFunction FunctionSource(ReadOnlyMemory<byte> command);

/// <summary>The functions of a host by name. Complete before the first task; then read by many threads.</summary>
internal sealed class FunctionTable
{
    private readonly SortedDictionary<string, Func<JsonElement?, IArrowFunction>> functions = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    internal void Add(string name, Func<JsonElement?, IArrowFunction> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!functions.TryAdd(name, create)) throw new ArgumentException($"There are two functions named '{name}'.", nameof(name));
    }

    /// <exception cref="FunctionCallException">The command is none, or names no function of this table.</exception>
    internal IArrowFunction Create(ReadOnlyMemory<byte> command)
    {
        var call = FunctionCall.Parse(command);
        return functions.TryGetValue(call.Function, out var create)
            ? create(call.Parameters)
            : throw new FunctionCallException(
                $"There is no function '{call.Function}'; this worker has {(functions.Count == 0 ? "none" : string.Join(", ", functions.Keys))}.");
    }
}
