using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;
using Operation = EyeSlots.Spark.Connect.Protocol.ConfigRequest.Types.Operation;

namespace EyeSlots.Spark.Connect;

/// <summary>The session's settings on the server. Spark takes keys that it does not know, and refuses those that only a new server can change.</summary>
public sealed class RuntimeConfig
{
    private readonly SparkConnectClient client;

    internal RuntimeConfig(SparkConnectClient client) => this.client = client;

    /// <summary>Sets a key.</summary>
    /// <exception cref="SparkException">Spark refuses it.</exception>
    public Task SetAsync(string key, string value, CancellationToken cancellation = default) =>
        SetAllAsync([new(key, value)], false, cancellation);

    /// <summary>The value of a key.</summary>
    /// <exception cref="SparkException">It is not set and has no default.</exception>
    public async Task<string> GetAsync(string key, CancellationToken cancellation = default) =>
        await FirstAsync(new() { Get = new() { Keys = { key } } }, cancellation).ConfigureAwait(false)
        ?? throw new SparkException($"The setting '{key}' has no value.");

    /// <summary>The value of a key, or null where it is not set and has no default.</summary>
    public Task<string?> GetOptionAsync(string key, CancellationToken cancellation = default) =>
        FirstAsync(new() { GetOption = new() { Keys = { key } } }, cancellation);

    /// <summary>Takes a key back to its default.</summary>
    public Task UnsetAsync(string key, CancellationToken cancellation = default) =>
        CallAsync(new() { Unset = new() { Keys = { key } } }, cancellation);

    /// <summary>Sets several keys in one call; <paramref name="silent"/> passes over those that cannot be set (4.0 and later).</summary>
    internal Task SetAllAsync(IEnumerable<KeyValuePair<string, string>> pairs, bool silent, CancellationToken cancellation)
    {
        var set = new ConfigRequest.Types.Set();
        if (silent) set.Silent = true;
        set.Pairs.AddRange(pairs.Select(pair => new KeyValue { Key = pair.Key, Value = pair.Value }));
        return CallAsync(new() { Set = set }, cancellation);
    }

    private async Task<string?> FirstAsync(Operation operation, CancellationToken cancellation)
    {
        var response = await CallAsync(operation, cancellation).ConfigureAwait(false);
        return response.Pairs.FirstOrDefault() is { HasValue: true } pair ? pair.Value : null;
    }

    private Task<ConfigResponse> CallAsync(Operation operation, CancellationToken cancellation) =>
        client.CallAsync(new ConfigRequest { Operation = operation }, static (service, request, options) => service.ConfigAsync(request, options), cancellation);
}
