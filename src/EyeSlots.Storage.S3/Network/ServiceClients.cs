using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3.Network;

/// <summary>
/// Clients of the services that give credentials. They are named here as types: those that the SDK looks up by name are not in a program
/// that is compiled ahead of time, and it would pass a role's own source of credentials over.
/// </summary>
internal sealed class ServiceClients(S3Settings settings, HttpClients http)
{
    private const int MoreTries = 3;

    /// <summary>The service that lends roles.</summary>
    /// <param name="credentials">Who asks.</param>
    public AmazonSecurityTokenServiceClient Sts(AWSCredentials credentials) =>
        new(credentials, Configure(new AmazonSecurityTokenServiceConfig(), "sts", settings.Region.Value));

    /// <summary>The service that lends roles to those who logged in.</summary>
    public AmazonSSOClient Sso(string region) => new(new AnonymousAWSCredentials(), Configure(new AmazonSSOConfig(), "sso", region));

    /// <summary>The service that renews a login.</summary>
    public AmazonSSOOIDCClient SsoOidc(string region) => new(new AnonymousAWSCredentials(), Configure(new AmazonSSOOIDCConfig(), "sso_oidc", region));

    /// <summary>Where a service answers, for messages.</summary>
    public string Place(string service) =>
        Endpoint(service) is { } set ? $"{set.Value.Scheme}://{set.Value.Authority} ({set.Source})" : "AWS";

    private Setting<Uri>? Endpoint(string service) =>
        settings.Aws.Endpoint(settings.Profile, service) is { } text ? EndpointUrl.Parse(text) : null;

    private TConfig Configure<TConfig>(TConfig config, string service, string region)
        where TConfig : ClientConfig
    {
        // Only what is set here counts: the SDK's own reading of the profile would be another one than ours.
        config.IgnoreConfiguredEndpointUrls = true;
        config.HttpClientFactory = http;
        config.MaxErrorRetry = MoreTries;
        config.Timeout = TimeSpan.FromSeconds(10);
        if (Endpoint(service) is { } set) (config.ServiceURL, config.AuthenticationRegion) = (set.Value.AbsoluteUri, region);
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return config;
    }
}
