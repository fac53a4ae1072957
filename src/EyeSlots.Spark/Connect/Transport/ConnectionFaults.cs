using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;

namespace EyeSlots.Spark.Connect.Transport;

/// <summary>Turns what gRPC says about a connection into one line that says what to do. No line holds the token.</summary>
internal sealed class ConnectionFaults(ConnectionString connection, SparkSessionOptions options)
{
    private const string NotSpark = "is no Spark Connect server; correct host and port (a server listens on 15002 unless told otherwise)";

    /// <summary>The line for a failure of the connection; null where Spark itself answered.</summary>
    public SparkConnectionException? Explain(RpcException error)
    {
        if (RpcDetails.ErrorInfo(error) is not null) return null;
        return Line(error) is { } line ? new(line, error) : null;
    }

    private string? Line(RpcException error) => error.StatusCode switch
    {
        StatusCode.Unauthenticated => connection.HasToken
            ? $"The server at {connection} refuses the token; write the one it was started with (spark.connect.authenticate.token) into ;token=…"
            : $"The server at {connection} wants a token; add ;token=… to the connection string.",
        StatusCode.Unimplemented or StatusCode.PermissionDenied when error.Status.DebugException is null => $"{connection} {NotSpark}. It said: {error.Status.Detail}",
        StatusCode.DeadlineExceeded => $"The server at {connection} took the connection but did not answer in time; look whether it is Spark Connect, whether it is stopped, and at its log.",
        _ => Cause(error.Status.DebugException, Specific) ?? Cause(error.Status.DebugException, General) ?? ByDetail(error),
    };

    private static string? Cause(Exception? cause, Func<Exception, string?> explain)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            if (explain(cause) is { } line) return line;
        }

        return null;
    }

    private string? Specific(Exception cause) => cause switch
    {
        AuthenticationException when cause.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase) =>
            $"The certificate of {connection} is not trusted: {cause.Message} Give its authority as {nameof(SparkSessionOptions)}.{nameof(SparkSessionOptions.RootCertificate)}.",
        AuthenticationException =>
            $"The server at {connection} does not speak TLS; drop use_ssl=true (a token asks for TLS on other machines: write use_ssl=false), or put a TLS proxy before it.",
        SocketException socket => OfSocket(socket.SocketErrorCode),
        TimeoutException => OfSocket(SocketError.TimedOut),
        _ => null,
    };

    private string? General(Exception cause) => cause is not HttpRequestException http ? null : http.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => $"No TLS connection to {connection} came about: {http.InnerException?.Message ?? http.Message}",
        HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse or HttpRequestError.Unknown =>
            $"{connection} does not speak HTTP/2, so it {NotSpark}; behind a TLS proxy add ;use_ssl=true.",
        _ => null,
    };

    private string OfSocket(SocketError code) => code switch
    {
        SocketError.ConnectionRefused => $"Nothing listens at {connection}; start Spark Connect there, or correct host and port.",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"The host of {connection} is not known; correct its name.",
        SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable =>
            $"{connection} cannot be reached (waited {options.ConnectTimeout.TotalSeconds:0.#} s); check the address, the network and the firewall.",
        _ => $"The connection to {connection} broke ({code}); look whether the server still runs.",
    };

    private string? ByDetail(RpcException error) =>
        error.Status.Detail.StartsWith("Bad gRPC response", StringComparison.Ordinal) ? $"{connection} {NotSpark}. It said: {error.Status.Detail}"
        : error.StatusCode == StatusCode.Unavailable ? $"The connection to {connection} broke: {error.Status.Detail}"
        : null;
}
