using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3;

/// <summary>
/// One line for the user about each lasting failure. Built from our own words and the answer's status and code only: what a
/// server or the SDK writes is kept out, so no secret can get in.
/// </summary>
internal static class S3Messages
{
    public static StorageException Explain(S3Connection s3, string what, StorageAddress where, Exception error, int tries) =>
        new($"Cannot {what} {OneLine(where.ToString())}: {OneLine(Why(s3, what, where, error, tries))}", error);

    private static string Why(S3Connection s3, string what, StorageAddress where, Exception error, int tries)
    {
        if (S3Faults.Find<S3ConfigurationException>(error) is { } configured) return configured.Message;
        var settings = s3.Settings;
        return error switch
        {
            AmazonServiceException answer when answer.StatusCode != 0 => S3Faults.MayPass(answer)
                ? $"{settings.Place} still answers {Status(answer)} after {tries} tries; wait a while or use fewer workers, then run again."
                : S3Refusals.Explain(settings, what, where, answer),
            _ when S3Faults.Find<AuthenticationException>(error) is not null => Untrusted(settings),
            _ when S3Faults.IsBrokenConnection(error) => Unreachable(settings, error, tries),
            _ => $"the S3 client failed ({error.GetType().Name}); the log has the details.",
        };
    }

    private static string Untrusted(S3Settings settings)
    {
        var trusted = settings.CaBundle is { } bundle ? $"is not signed by those of {bundle.Source}" : "is not trusted here (AWS_CA_BUNDLE names a file of further authorities)";
        return $"no secure connection to {settings.Place}; its certificate {trusted}, or it speaks http: check the endpoint.";
    }

    private static string Unreachable(S3Settings settings, Exception error, int tries)
    {
        if (S3Faults.Find<HttpRequestException>(error) is { HttpRequestError: HttpRequestError.ProxyTunnelError })
            return $"the proxy lets nothing through to {settings.Place}; check HTTPS_PROXY and NO_PROXY.";
        var why = S3Faults.Find<TimeoutException>(error) is not null ? "no answer in time" : S3Faults.Find<SocketException>(error)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host's name is not known",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to the host",
            _ => "the connection broke",
        };
        var setting = settings.Endpoint is { } set ? $"the endpoint ({set.Source})" : "the region";
        return $"{settings.Place} cannot be reached after {tries} tries ({why}); check {setting}, the network, proxies and that the server runs.";
    }

    internal static string Status(AmazonServiceException answer) =>
        $"{(int)answer.StatusCode} {new string([.. (answer.ErrorCode ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)])}".TrimEnd();

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
