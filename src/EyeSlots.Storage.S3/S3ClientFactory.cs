using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace EyeSlots.Storage.S3;

/// <summary>Makes the one S3 client of a process: the only place that knows the SDK's settings.</summary>
internal static class S3ClientFactory
{
    /// <exception cref="AmazonClientException">A region is missing, or the profile; said by the first call otherwise.</exception>
    public static IAmazonS3 Create(S3Settings settings)
    {
        var config = new AmazonS3Config
        {
            // All retries are ours, hidden ones too: a PUT that the SDK sends twice would lose against itself.
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        if (settings.Profile is not null) config.Profile = new(settings.Profile);
        if (settings.Endpoint is not null) UseOwnServer(config, settings);
        else if (settings.Region is not null) config.RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        return settings.Credentials is { } given ? new AmazonS3Client(given.ToAws(), config) : new AmazonS3Client(config);
    }

    private static void UseOwnServer(AmazonS3Config config, S3Settings settings)
    {
        config.ServiceURL = settings.Endpoint!.AbsoluteUri;
        config.AuthenticationRegion = settings.Region ?? S3Settings.DefaultRegion;
        config.ForcePathStyle = true;

        // Many servers refuse the trailing checksums that AWS takes; the signature covers the body there.
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
    }
}
