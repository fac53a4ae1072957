namespace EyeSlots.Core.Planning.Remote;

/// <summary>
/// Settings of a Spark session that carry S3 credentials to executors. Spark's default redaction
/// (<c>(?i)secret|password|token|access[.]?key</c>) hides the values of all three names in its logs, events and pages.
/// </summary>
public static class RemoteCredentials
{
    /// <summary>The access key's name.</summary>
    public const string AccessKey = "spark.eyeslots.s3.access.key";

    /// <summary>The key.</summary>
    public const string Secret = "spark.eyeslots.s3.secret";

    /// <summary>The session token of short-lived credentials.</summary>
    public const string Token = "spark.eyeslots.s3.token";
}
