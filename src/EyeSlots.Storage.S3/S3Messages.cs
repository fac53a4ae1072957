using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;

namespace EyeSlots.Storage.S3;

/// <summary>
/// One line for the user about each lasting failure. Built from our own words and the answer's status and code only: what a
/// server or the SDK writes is kept out, so no secret can get in.
/// </summary>
internal sealed class S3Messages(S3Settings settings)
{
    public StorageException Explain(string what, StorageAddress where, Exception error, int tries) =>
        new($"Cannot {what} {OneLine(where.ToString())}: {Why(where, error, tries)}", error);

    private string Why(StorageAddress where, Exception error, int tries) => error switch
    {
        AmazonServiceException answer when answer.StatusCode != 0 => S3Faults.MayPass(answer) ? Exhausted(answer, tries) : Refused(where, answer),
        _ when S3Faults.Has<AuthenticationException>(error) =>
            $"no secure connection to {settings.Place}; its certificate is not trusted here, or it speaks http: check the endpoint.",
        _ when S3Faults.IsBrokenConnection(error) => Unreachable(error, tries),
        AmazonClientException => Unconfigured(error),
        _ => $"the S3 client failed ({error.GetType().Name}); the log has the details.",
    };

    private string Refused(StorageAddress where, AmazonServiceException answer) => answer.ErrorCode switch
    {
        "NoSuchBucket" => $"there is no bucket {where.Bucket} on {settings.Place}; make it, or correct the address.",
        "NoSuchKey" => "there is no such object; check the address.",
        "PreconditionFailed" => "it changed while it was read; run again.",
        "SignatureDoesNotMatch" => "the secret key is wrong (SignatureDoesNotMatch); check AWS_SECRET_ACCESS_KEY or the profile.",
        "InvalidAccessKeyId" or "XAdminUserNotFound" =>
            $"{settings.Place} does not know the access key id; check AWS_ACCESS_KEY_ID, the profile and the endpoint.",
        "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" => $"the session token is no longer good ({answer.ErrorCode}); log in again.",
        "RequestTimeTooSkewed" => "the clock of this machine is more than 15 minutes off; set it.",
        "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" =>
            $"bucket {where.Bucket} is in another region; set AWS_REGION to it.",
        _ when (int)answer.StatusCode is 401 or 403 =>
            $"access denied; these credentials need s3:ListBucket on {where.Bucket}, and GetObject, PutObject and DeleteObject below the address.",
        _ => $"{settings.Place} refused it with {Status(answer)}; check that it is an S3 server and that the address is right.",
    };

    private string Exhausted(AmazonServiceException answer, int tries) =>
        $"{settings.Place} still answers {Status(answer)} after {tries} tries; wait a while or use fewer workers, then run again.";

    private string Unreachable(Exception error, int tries)
    {
        var socket = error as SocketException ?? error.InnerException as SocketException ?? error.InnerException?.InnerException as SocketException;
        var why = S3Faults.Has<TimeoutException>(error) ? "no answer in time" : socket?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host's name is not known",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to the host",
            _ => "the connection broke",
        };
        return $"{settings.Place} cannot be reached after {tries} tries ({why}); check the endpoint, the network and that the server runs.";
    }

    // The SDK has no codes for these; its own words name the case, and are not passed on.
    private string Unconfigured(Exception error) => error.Message switch
    {
        _ when settings.Profile is not null => $"the AWS profile '{OneLine(settings.Profile)}' is missing or has no credentials; see 'aws configure list-profiles'.",
        var text when text.Contains("RegionEndpoint", StringComparison.Ordinal) => "no region is set; set AWS_REGION, or an endpoint for a server other than AWS.",
        _ => "no S3 credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
    };

    private static string Status(AmazonServiceException answer) =>
        $"{(int)answer.StatusCode} {new string([.. (answer.ErrorCode ?? "").Where(char.IsAsciiLetterOrDigit).Take(40)])}".TrimEnd();

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
