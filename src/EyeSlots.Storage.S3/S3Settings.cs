namespace EyeSlots.Storage.S3;

/// <summary>Where S3 is and which credentials to use; secrets themselves are left to the AWS SDK's own places.</summary>
/// <param name="Endpoint">A server that is not AWS, or null for AWS.</param>
/// <param name="Profile">A profile of the AWS configuration files, or null for the SDK's own search.</param>
/// <param name="Region">A region's system name, or null: the SDK's own search on AWS, <c>us-east-1</c> elsewhere.</param>
public sealed record S3Settings(Uri? Endpoint, string? Profile, string? Region)
{
    /// <summary>Given credentials, in place of the SDK's search; null on every machine that has its own.</summary>
    public S3Credentials? Credentials { get; init; }

    /// <summary>The region that servers other than AWS expect when none is given.</summary>
    public const string DefaultRegion = "us-east-1";

    /// <summary>The endpoint without any user name or password, for messages.</summary>
    public string Place => Endpoint is null ? "AWS" : $"{Endpoint.Scheme}://{Endpoint.Authority}";

    /// <summary>Fills what the command line left out from the environment variables that other S3 tools read too.</summary>
    /// <param name="endpoint">The option, else <c>AWS_ENDPOINT_URL_S3</c>, else <c>AWS_ENDPOINT_URL</c>.</param>
    /// <param name="profile">The option, else the SDK looks at <c>AWS_PROFILE</c> itself.</param>
    /// <param name="region">The option, else <c>AWS_REGION</c>, else <c>AWS_DEFAULT_REGION</c>.</param>
    /// <exception cref="EyeSlotsException">The endpoint is no http or https address: usage.</exception>
    public static S3Settings FromEnvironment(string? endpoint = null, string? profile = null, string? region = null) => new(
        Parse(endpoint ?? Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL")),
        profile,
        region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION"));

    private static Uri? Parse(string? endpoint)
    {
        if (string.IsNullOrWhiteSpace(endpoint)) return null;
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? uri
            : throw new EyeSlotsException(
                ErrorCodes.Usage, "The S3 endpoint is no address; write http://host:port or https://host, without user name or password.");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
