using Amazon.Runtime;

namespace EyeSlots.Storage.S3;

/// <summary>What a server's refusal means, and which setting to change.</summary>
internal static class S3Refusals
{
    public static string Explain(S3Settings settings, string what, StorageAddress where, AmazonServiceException answer)
    {
        if (IsAboutKeys(answer))
            return $"its objects are encrypted with a KMS key that these credentials may not use; allow them kms:Decrypt and kms:GenerateDataKey on that key ({S3Messages.Status(answer)}).";
        return answer.ErrorCode switch
        {
            "NoSuchBucket" => $"there is no bucket {where.Bucket} on {settings.Place}; make it, or correct the address.",
            "InvalidBucketName" => $"{where.Bucket} is no bucket's name; correct the address.",
            "NoSuchKey" => "there is no such object; check the address.",
            "PreconditionFailed" => "it changed while it was read; run again.",
            "InvalidObjectState" => "it is archived (GLACIER, DEEP_ARCHIVE or an archive tier); restore it ('aws s3api restore-object'), then run again.",
            "SignatureDoesNotMatch" => "the secret key is wrong (SignatureDoesNotMatch); check AWS_SECRET_ACCESS_KEY or the profile.",
            "InvalidAccessKeyId" or "XAdminUserNotFound" =>
                $"{settings.Place} does not know the access key id; check AWS_ACCESS_KEY_ID, the profile and the endpoint.",
            "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" =>
                $"the session token is no longer good ({answer.ErrorCode}); log in again, or renew AWS_SESSION_TOKEN.",
            "RequestTimeTooSkewed" => "the clock of this machine is more than 15 minutes off; set it.",
            "PermanentRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException" => Elsewhere(settings, where, answer),
            _ when (int)answer.StatusCode is 401 or 403 => Denied(settings, what, where),
            _ when BucketRegions.Named(answer) is not null => Elsewhere(settings, where, answer),
            _ => $"{settings.Place} refused it with {S3Messages.Status(answer)}; check that it is an S3 server and that the address is right.",
        };
    }

    // The refusal of a key names the action; the rest of its text is not passed on.
    private static bool IsAboutKeys(AmazonServiceException answer) =>
        answer.ErrorCode is { } code && (code.StartsWith("KMS.", StringComparison.Ordinal)
            || (code is "AccessDenied" or "AccessDeniedException" && answer.Message?.Contains("kms:", StringComparison.Ordinal) == true));

    private static string Elsewhere(S3Settings settings, StorageAddress where, AmazonServiceException answer)
    {
        var region = BucketRegions.Named(answer);
        var place = region is null ? "in another region" : $"in region {region}";
        return settings.Endpoint is { } set && settings.IsAws
            ? $"bucket {where.Bucket} is {place}, and {set.Source} leads to another; correct it."
            : $"bucket {where.Bucket} is {place}; set --s3-region (or AWS_REGION) to {region ?? "it"}.";
    }

    private static string Denied(S3Settings settings, string what, StorageAddress where)
    {
        var needed = what switch
        {
            "list" => $"s3:ListBucket on {where.Bucket}",
            "publish" => "s3:PutObject below the address, and kms:GenerateDataKey where the bucket has a KMS key",
            "delete" => "s3:DeleteObject below the address",
            _ => $"s3:GetObject below the address, and s3:ListBucket on {where.Bucket}",
        };
        var payer = settings.RequesterPays ? "" : " A bucket whose requester pays needs --s3-requester-pays.";
        return $"access denied; these credentials need {needed}.{payer}";
    }
}
