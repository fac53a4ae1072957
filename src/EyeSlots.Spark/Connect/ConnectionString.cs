using System.Globalization;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect;

/// <summary>
/// Where a Spark Connect server is and how to be let in, as <c>sc://host:port/;key=value;…</c>. Keys: <c>token</c>, <c>use_ssl</c>,
/// <c>user_id</c>, <c>session_id</c>, <c>user_agent</c>, <c>grpc_max_message_size</c>, and headers that start with <c>x-</c>. Values are URL-encoded.
/// </summary>
public sealed class ConnectionString
{
    /// <summary>Where a server listens when nothing else is said.</summary>
    public const int DefaultPort = 15002;

    internal ConnectionString()
    {
    }

    /// <summary>A name, an IPv4 address, or an IPv6 address in brackets.</summary>
    public required string Host { get; init; }

    /// <summary>From 1 to 65535.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Whether to speak TLS: <c>use_ssl</c>, else true where there is a token and the host is another machine.</summary>
    public bool UseSsl { get; init; }

    /// <summary>The user whose session it is; null for the one who runs this process.</summary>
    public string? UserId { get; init; }

    /// <summary>The UUID of the session; null for a new one.</summary>
    public string? SessionId { get; init; }

    /// <summary>How this program calls itself to the server; null for this library's name.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The largest message taken from the server, in bytes; null for any.</summary>
    public int? MaxMessageSize { get; init; }

    /// <summary>Whether there is a token; its text is kept from every message.</summary>
    public bool HasToken => Token is not null;

    internal string? Token { get; init; }

    internal IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="SparkConnectionException">It is malformed; the text says how, and never holds a value that may be secret.</exception>
    public static ConnectionString Parse(string text) => ConnectionStringParser.Parse(text);

    /// <summary>The server's address, without anything secret.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sc://{Host}:{Port}");
}
