using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace EyeSlots.Storage.S3.Network;

/// <summary>Makes the S3 clients of a process, one for each region: the only place that knows the SDK's settings.</summary>
internal static class S3ClientFactory
{
    public static S3Client Create(S3Settings settings, AWSCredentials credentials, HttpClients http, string region)
    {
        var config = Config(http);
        config.ForcePathStyle = settings.IsPathStyle;
        if (settings.Endpoint is { } set) (config.ServiceURL, config.AuthenticationRegion) = (set.Value.AbsoluteUri, region);
        else config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (!settings.IsAws)
        {
            // Many servers refuse the trailing checksums that AWS takes; the signature covers the body there.
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }

        return new(credentials, config);
    }

    private static AmazonS3Config Config(HttpClients http) => new()
    {
        // All retries are ours, hidden ones too: a PUT that the SDK sends twice would lose against itself.
        MaxErrorRetry = 0,
        MaxStaleConnectionRetries = 0,
        Timeout = Timeout.InfiniteTimeSpan,
        HttpClientFactory = http,
        AllowAutoRedirect = false,

        // Each has a value, so that the SDK does not look into the profile itself.
        IgnoreConfiguredEndpointUrls = true,
        USEast1RegionalEndpointValue = S3UsEast1RegionalEndpointValue.Regional,
        UseArnRegion = true,
        DisableS3ExpressSessionAuth = false,
        DisableMultiregionAccessPoints = false,
    };
}
