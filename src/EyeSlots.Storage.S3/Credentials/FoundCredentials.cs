using Amazon.Runtime;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>Credentials that renew themselves, and where they were found.</summary>
/// <param name="Aws">What signs; asks its source when first used and again before it ends.</param>
/// <param name="Source">Provider and profile, such as <c>role_arn of profile 'dev', lent to AWS_ACCESS_KEY_ID</c>; no secret.</param>
internal sealed record FoundCredentials(AWSCredentials Aws, string Source)
{
    /// <summary>The keys of this moment.</summary>
    /// <exception cref="Configuration.S3ConfigurationException">The source gives none; the message says why and what to do.</exception>
    public async Task<S3Credentials> KeysAsync()
    {
        var keys = await Aws.GetCredentialsAsync().ConfigureAwait(false);
        return new(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null);
    }
}
