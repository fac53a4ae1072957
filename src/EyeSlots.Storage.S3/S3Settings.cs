using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3;

/// <summary>Where S3 is and how it is spoken to, from the options, the AWS variables and the AWS files together; each with its origin.</summary>
public sealed class S3Settings
{
    /// <summary>The region where none is set; AWS names a bucket's own region when it is another, and calls then follow.</summary>
    private const string DefaultRegion = "us-east-1";

    private readonly S3Options options;

    private S3Settings(S3Options options, AwsConfiguration aws)
    {
        (this.options, Aws) = (options, aws);
        Profile = aws.Profile(options.Profile, options.Names.Profile);
        Endpoint = FindEndpoint();
        Region = FindRegion();
        CaBundle = aws.Variable("AWS_CA_BUNDLE") is { } bundle ? new(bundle, "AWS_CA_BUNDLE")
            : Profile["ca_bundle"] is { } own ? new(own, Profile.Source("ca_bundle")) : null;
    }

    /// <summary>Whether calls say that their sender pays.</summary>
    public bool RequesterPays => options.RequesterPays;

    /// <summary>Most connections for reading to one server at a time.</summary>
    public int Connections => options.Connections;

    /// <summary>What another machine must be told to reach the same server: no profile and no credentials.</summary>
    public S3Options ForOtherMachines => new(Endpoint?.Value.AbsoluteUri, Region: Region.Source == DefaultSource ? null : Region.Value)
    {
        RequesterPays = RequesterPays, Connections = Connections,
    };

    internal const string DefaultSource = "default";

    internal AwsConfiguration Aws { get; }

    internal AwsProfile Profile { get; }

    /// <summary>Whether the command line names the profile: then the variables' keys are not asked.</summary>
    internal bool IsProfileAsked => options.Profile is not null;

    internal S3Credentials? Credentials => options.Credentials;

    /// <summary>A server that is not the usual one of AWS, or null.</summary>
    internal Setting<Uri>? Endpoint { get; }

    internal Setting<string> Region { get; }

    /// <summary>A file of the only certificates that are trusted, or null for the system's.</summary>
    internal Setting<string>? CaBundle { get; }

    /// <summary>Whether the bucket stands in the path and not in the host's name: everywhere but on AWS, unless the profile says otherwise.</summary>
    internal bool IsPathStyle => Profile["s3.addressing_style"]?.ToLowerInvariant() switch
    {
        "path" => true,
        "virtual" => false,
        _ => !IsAws,
    };

    /// <summary>Whether AWS answers.</summary>
    internal bool IsAws => Endpoint is not { } set || AwsHosts.Contains(set.Value.Host);

    /// <summary>The endpoint for messages.</summary>
    internal string Place => Endpoint is { } set ? $"{set.Value.Scheme}://{set.Value.Authority}" : "AWS";

    /// <summary>Reads the variables and files.</summary>
    /// <param name="options">What the command line says; it wins.</param>
    /// <exception cref="EyeSlotsException">The endpoint or region is no such thing: usage. A profile is missing or a file cannot be read.</exception>
    public static S3Settings Resolve(S3Options options) => Resolve(options, Environment.GetEnvironmentVariable);

    internal static S3Settings Resolve(S3Options options, Func<string, string?> variables) => new(options, new(variables));

    private Setting<Uri>? FindEndpoint()
    {
        var found = string.IsNullOrWhiteSpace(options.Endpoint) ? Aws.Endpoint(Profile, "s3") : new(options.Endpoint, options.Names.Endpoint);
        return found is { } text ? EndpointUrl.Parse(text) : null;
    }

    private Setting<string> FindRegion()
    {
        Setting<string> found = options.Region is { Length: > 0 } asked ? new(asked, options.Names.Region)
            : Aws.Variable("AWS_REGION") is { } variable ? new(variable, "AWS_REGION")
            : Aws.Variable("AWS_DEFAULT_REGION") is { } other ? new(other, "AWS_DEFAULT_REGION")
            : Profile["region"] is { } own ? new(own, Profile.Source("region"))
            : Endpoint is { } set && AwsHosts.RegionOf(set.Value.Host) is { } named ? new(named, set.Source)
            : new(DefaultRegion, DefaultSource);
        return found.Value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            ? found
            : throw new EyeSlotsException(ErrorCodes.Usage, $"{found.Source} is no region; write a name such as eu-central-1.");
    }
}
