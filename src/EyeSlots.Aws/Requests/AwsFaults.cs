using System.Security.Authentication;

namespace EyeSlots.Aws.Requests;

/// <summary>Tells apart what refusals mean.</summary>
internal static class AwsFaults
{
    private static readonly HashSet<string> Throttled = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException",
        "RequestLimitExceeded", "BandwidthLimitExceeded", "SlowDown", "PriorRequestNotComplete", "EC2ThrottledException", "TransactionInProgressException",
    };

    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "InternalFailure", "InternalError", "InternalServerError", "ServiceUnavailable", "ServiceUnavailableException", "RequestTimeout", "RequestTimeoutException",
    };

    private static readonly HashSet<string> Expired = new(StringComparer.Ordinal) { "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired" };

    private static readonly HashSet<string> Unknown = new(StringComparer.Ordinal)
    {
        "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
    };

    private static readonly HashSet<string> Unsigned = new(StringComparer.Ordinal)
    {
        "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "IncompleteSignatureException",
    };

    private static readonly HashSet<string> Skewed = new(StringComparer.Ordinal) { "RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture" };

    private static readonly HashSet<string> Denied = new(StringComparer.Ordinal)
    {
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedException", "AuthorizationError", "OptInRequired", "NotAuthorized",
    };

    private static readonly HashSet<string> Limits = new(StringComparer.Ordinal)
    {
        "LimitExceeded", "LimitExceededException", "VcpuLimitExceeded", "InstanceLimitExceeded", "MaxSpotInstanceCountExceeded", "StateMachineLimitExceeded", "ExecutionLimitExceeded",
    };

    private static readonly HashSet<string> Exhausted = new(StringComparer.Ordinal)
    {
        "InsufficientInstanceCapacity", "InsufficientHostCapacity", "UnfulfillableCapacity", "SpotMaxPriceTooLow", "Unsupported",
    };

    public static bool IsQuota(string code) => Limits.Contains(code);

    public static bool IsCapacity(string code) => Exhausted.Contains(code);

    public static bool IsThrottled(AwsFault fault) => fault.Status == 429 || Throttled.Contains(fault.Code);

    /// <summary>Whether another try may succeed.</summary>
    public static bool MayPass(AwsFault fault) => IsThrottled(fault) || fault.Status >= 500 || fault.Status == 408 || Passing.Contains(fault.Code);

    public static bool IsExpired(AwsFault fault) => Expired.Contains(fault.Code);

    public static bool IsUnknownKey(AwsFault fault) => Unknown.Contains(fault.Code);

    /// <summary>Whether the signature was refused: by the key, or by the time that it was made at.</summary>
    public static bool IsBadSignature(AwsFault fault) => Unsigned.Contains(fault.Code) || Skewed.Contains(fault.Code);

    /// <summary>Whether a clock that is off may have caused it.</summary>
    public static bool MayBeClock(AwsFault fault) => IsBadSignature(fault) || IsExpired(fault) || fault.Code == "AuthFailure";

    public static bool IsDenied(AwsFault fault) => Denied.Contains(fault.Code) || fault.Status is 401 or 403;

    /// <summary>Whether the connection, and not an answer, was what failed.</summary>
    public static bool IsBrokenConnection(Exception error) =>
        (error is HttpRequestException or IOException or TimeoutException) && !IsUntrusted(error) && !IsTooLarge(error);

    /// <summary>Whether the answer has more bytes than one of AWS.</summary>
    public static bool IsTooLarge(Exception error) => error is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };

    /// <summary>Whether the other side's certificate was refused.</summary>
    public static bool IsUntrusted(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException) return true;
        }

        return false;
    }
}
