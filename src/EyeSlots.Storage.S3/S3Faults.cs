using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using EyeSlots.Storage.S3.Pacing;

namespace EyeSlots.Storage.S3;

/// <summary>Tells apart what a call's failure means.</summary>
internal static class S3Faults
{
    private static readonly HashSet<string> PassingCodes = new(StringComparer.Ordinal)
    {
        "SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "RequestTimeoutException", "Throttling", "ThrottlingException",
        "RequestLimitExceeded", "TooManyRequests", "BandwidthLimitExceeded", "ConditionalRequestConflict", "OperationAborted",
    };

    /// <summary>Whether another try may succeed.</summary>
    public static bool MayPass(Exception error) => error switch
    {
        AmazonUnmarshallingException => true,
        AmazonServiceException answer when answer.StatusCode != 0 => HasPassingStatus(answer) || PassingCodes.Contains(answer.ErrorCode ?? ""),
        OperationCanceledException or EyeSlotsException => false,
        _ => IsBrokenConnection(error),
    };

    /// <summary>Whether the connection, and not an answer, was what failed.</summary>
    public static bool IsBrokenConnection(Exception error)
    {
        if (Find<AuthenticationException>(error) is not null || Find<EyeSlotsException>(error) is not null) return false;
        return Find<IOException>(error) is not null || Find<HttpRequestException>(error) is not null || Find<SocketException>(error) is not null || Find<TimeoutException>(error) is not null;
    }

    /// <summary>What a read's failure says about the number of reads.</summary>
    public static ReadEnd EndOf(Exception error) => error switch
    {
        AmazonServiceException { StatusCode: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests } => ReadEnd.SlowDown,
        AmazonServiceException { ErrorCode: "SlowDown" } => ReadEnd.SlowDown,
        OperationCanceledException or EyeSlotsException => ReadEnd.Failed,
        _ => HasNoAnswer(error) ? ReadEnd.Refused : ReadEnd.Failed,
    };

    /// <summary>Whether nothing is there under the key; a bucket that is not there is another matter.</summary>
    public static bool IsMissingKey(AmazonServiceException error) => error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode == "NoSuchKey";

    /// <summary>Whether a HEAD was refused, whose answer has no body to say why.</summary>
    public static bool IsBare(AmazonServiceException error) =>
        error.ErrorCode is null or "" || error.ErrorCode == error.StatusCode.ToString();

    /// <summary>Whether a range begins behind the end of the object.</summary>
    public static bool IsBeyondEnd(AmazonServiceException error) => error.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <summary>Whether If-Match or If-None-Match did not hold.</summary>
    public static bool IsPrecondition(AmazonServiceException error) => error.StatusCode == HttpStatusCode.PreconditionFailed;

    /// <summary>Whether the call may have been carried out although it failed.</summary>
    public static bool IsAmbiguous(Exception error) =>
        error is not AmazonServiceException { StatusCode: HttpStatusCode.Conflict or HttpStatusCode.MovedPermanently or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden };

    /// <summary>Whether this machine's clock was found to be off; the SDK then signs with the server's.</summary>
    public static bool IsClock(Exception error) => error is AmazonServiceException { ErrorCode: "RequestTimeTooSkewed" };

    /// <summary>The first exception of a kind in the chain of causes, or null.</summary>
    public static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is T found) return found;
        }

        return null;
    }

    // The connection was refused, or was closed before an answer began. A body that breaks off is no such thing.
    private static bool HasNoAnswer(Exception error) =>
        Find<HttpRequestException>(error) is { } failure && Find<AuthenticationException>(error) is null && (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded
            || Find<SocketException>(error) is { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionRefused or SocketError.Shutdown });

    private static bool HasPassingStatus(AmazonServiceException answer) => (int)answer.StatusCode is 408 or 429 or 500 or 502 or 503 or 504;
}
