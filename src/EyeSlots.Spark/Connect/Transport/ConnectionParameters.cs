using System.Globalization;
using System.Net;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>The part of a connection string behind its first <c>/</c>.</summary>
internal sealed class ConnectionParameters
{
    private const string Known = "token, use_ssl, user_id, session_id, user_agent, grpc_max_message_size and headers that start with x-";
    private const int MaxUserAgent = 1024;
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public static ConnectionParameters Read(string text)
    {
        if (text.Length > 0 && text[0] != ';')
            throw new SparkConnectionException("The connection string has a path; after the / only ;key=value may follow.");

        var read = new ConnectionParameters();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries)) read.Add(part);
        return read;
    }

    public ConnectionString On(string host, int port) => new()
    {
        Host = host,
        Port = port,
        Token = Ascii("token"),
        UseSsl = Flag("use_ssl") ?? (values.ContainsKey("token") && !IsLocal(host)),
        UserId = values.GetValueOrDefault("user_id"),
        SessionId = SessionId(),
        UserAgent = UserAgent(),
        MaxMessageSize = MaxMessageSize(),
        Headers = values.Keys.Where(IsHeader).ToDictionary(key => key, key => Ascii(key)!, StringComparer.Ordinal),
    };

    private static bool IsHeader(string key) => key.StartsWith("x-", StringComparison.Ordinal);

    private static bool IsKeyLetter(char c) => char.IsAsciiLetterLower(c) || c is '_' or '-';

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private void Add(string part)
    {
        var at = part.IndexOf('=', StringComparison.Ordinal);
        if (at < 0) throw new SparkConnectionException("A part of the connection string has no =; write ;key=value, with %3B for a ; inside a value.");

        var key = part[..at].ToLowerInvariant();
        if (!IsHeader(key) && key is not ("token" or "use_ssl" or "user_id" or "session_id" or "user_agent" or "grpc_max_message_size"))
            throw new SparkConnectionException($"The connection string's key{ConnectionStringParser.Quote(key, IsKeyLetter)} is not known; the keys are {Known}.");
        if (at + 1 == part.Length)
            throw new SparkConnectionException($"The connection string's {key} is empty; give it a value or leave it out.");
        if (!values.TryAdd(key, Uri.UnescapeDataString(part[(at + 1)..])))
            throw new SparkConnectionException($"The connection string has {key} twice; leave one out.");
    }

    private string? Ascii(string key) =>
        !values.TryGetValue(key, out var value) || value.All(c => c is >= ' ' and <= '~')
            ? value
            : throw new SparkConnectionException($"The connection string's {key} has characters that no header may carry; write printable ASCII.");

    private bool? Flag(string key) => values.GetValueOrDefault(key)?.ToLowerInvariant() switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new SparkConnectionException($"The connection string's {key} is '{values[key]}'; write true or false."),
    };

    private string? SessionId() => values.GetValueOrDefault("session_id") is not { } id || Guid.TryParseExact(id, "D", out _)
        ? values.GetValueOrDefault("session_id")
        : throw new SparkConnectionException($"The connection string's session_id '{id}' is no UUID; write one such as 00112233-4455-6677-8899-aabbccddeeff.");

    private string? UserAgent() => values.GetValueOrDefault("user_agent") is not { Length: > MaxUserAgent } agent
        ? values.GetValueOrDefault("user_agent")
        : throw new SparkConnectionException($"The connection string's user_agent has {agent.Length} characters; at most {MaxUserAgent} are allowed.");

    private int? MaxMessageSize()
    {
        if (!values.TryGetValue("grpc_max_message_size", out var text)) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? size
            : throw new SparkConnectionException($"The connection string's grpc_max_message_size is '{text}'; write bytes, from 1 to {int.MaxValue}.");
    }
}
