using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;

namespace EyeSlots.Storage.S3;

/// <summary>An access key with its secret, for a process that cannot find its own. No text of it shows the secret.</summary>
/// <param name="AccessKey">The key's name.</param>
/// <param name="Secret">The key.</param>
/// <param name="Token">The session token of short-lived credentials, or null.</param>
public sealed record S3Credentials(string AccessKey, string Secret, string? Token)
{
    /// <summary>Whether they end by themselves.</summary>
    public bool IsShortLived => Token is not null;

    /// <summary>What this process would use, from the AWS SDK's usual places.</summary>
    /// <exception cref="EyeSlotsException">There are none.</exception>
    public static async Task<S3Credentials> FindAsync(S3Settings settings)
    {
        try
        {
            var config = new AmazonS3Config();
            if (settings.Profile is not null) config.Profile = new(settings.Profile);
            var found = DefaultAWSCredentialsIdentityResolver.GetCredentials(config);
            var keys = await found.GetCredentialsAsync().ConfigureAwait(false);
            return new(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null);
        }
        catch (AmazonClientException error)
        {
            throw new StorageException($"No AWS credentials were found to send to the executors: {error.Message}", error);
        }
    }

    /// <summary>The key's name alone.</summary>
    public override string ToString() => AccessKey;

    internal AWSCredentials ToAws() => Token is null ? new BasicAWSCredentials(AccessKey, Secret) : new SessionAWSCredentials(AccessKey, Secret, Token);
}
