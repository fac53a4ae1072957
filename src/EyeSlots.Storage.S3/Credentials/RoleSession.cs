using System.Globalization;
using Amazon.Runtime;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Network;
using Lent = Amazon.SecurityToken.Model.Credentials;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>What all loans of roles have in common.</summary>
internal static class RoleSession
{
    /// <summary>How long before its end a loan is renewed, beside the work that goes on.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);

    /// <summary>A session's name for the logs of AWS.</summary>
    public static string Name() => string.Create(CultureInfo.InvariantCulture, $"eyeslots-{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}");

    public static RefreshingAWSCredentials.CredentialsRefreshState State(Lent lent) =>
        new(new(lent.AccessKeyId, lent.SecretAccessKey, lent.SessionToken), lent.Expiration ?? DateTime.MaxValue);

    /// <summary>Why a role was not lent.</summary>
    public static string Explain(string what, ServiceClients services, Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is S3ConfigurationException configured) return $"{what}: {configured.Message}";
            if (cause is AmazonServiceException { ErrorCode: { Length: > 0 } code }) return $"{what} ({code}): {Advice(code)}";
        }

        return $"{what}: STS at {services.Place("sts")} cannot be reached; check the network, proxies and AWS_ENDPOINT_URL_STS.";
    }

    private static string Advice(string code) => code switch
    {
        "AccessDenied" or "AccessDeniedException" => "its trust policy or their permissions do not allow it; check role_arn, external_id and sts:AssumeRole.",
        "InvalidClientTokenId" or "UnrecognizedClientException" => "their access key id is not known; check it.",
        "SignatureDoesNotMatch" or "IncompleteSignature" => "their secret key is wrong; check it.",
        "ExpiredToken" or "ExpiredTokenException" => "their session token, or the web identity token, has ended; log in again.",
        "InvalidIdentityToken" or "IDPRejectedClaim" => "the web identity token is not accepted; check the file and the role's identity provider.",
        "RegionDisabledException" => "STS is switched off in this region; set --s3-region.",
        "ValidationError" or "ValidationException" => "a value is malformed; check role_arn, role_session_name and duration_seconds.",
        _ => "check role_arn and the region.",
    };
}
