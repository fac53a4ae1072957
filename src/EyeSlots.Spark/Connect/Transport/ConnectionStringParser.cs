using System.Globalization;
using System.Net;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Takes <c>sc://host:port/;key=value;…</c> apart. No text of an error holds the string itself: it may carry a token.</summary>
internal static class ConnectionStringParser
{
    private const string Scheme = "sc://";
    private const string Form = "sc://host:port/;key=value;…";

    public static ConnectionString Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw new SparkConnectionException($"The connection string must start with {Scheme}; write {Form}.");

        var rest = text[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? rest : rest[..slash];
        if (authority.Contains(';', StringComparison.Ordinal))
            throw new SparkConnectionException($"The connection string needs a / before its first ;: write {Form}.");

        var (host, port) = Address(authority);
        return ConnectionParameters.Read(slash < 0 ? "" : rest[(slash + 1)..]).On(host, port);
    }

    private static (string Host, int Port) Address(string authority)
    {
        if (authority.Contains('@', StringComparison.Ordinal))
            throw new SparkConnectionException("The connection string has a user before its host; write ;user_id=… after the / instead.");

        var colon = authority.LastIndexOf(':');
        var host = colon < 0 || authority.EndsWith(']') ? authority : authority[..colon];
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || (host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[')))
            throw new SparkConnectionException($"The connection string's host{Quote(host, IsPlain)} is no host name; write {Form}, an IPv6 address in brackets.");

        return (host, host.Length == authority.Length ? ConnectionString.DefaultPort : Port(authority[(colon + 1)..]));
    }

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= IPEndPoint.MaxPort
            ? port
            : throw new SparkConnectionException($"The connection string's port{Quote(text, char.IsAsciiDigit)} is none; write a number from 1 to 65535, or none for {ConnectionString.DefaultPort}.");

    /// <summary>Repeats only what cannot be a secret that slipped into the wrong place.</summary>
    internal static string Quote(string text, Func<char, bool> isHarmless) => text.Length <= 64 && text.All(isHarmless) ? $" '{text}'" : "";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-' or ' ' or '[' or ']';
}
