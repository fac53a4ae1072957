using Amazon.Runtime;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>Credentials whose failures name the setting that they come from: the SDK's own texts may hold what a server or a program wrote.</summary>
/// <param name="inner">The credentials.</param>
/// <param name="explain">One clause on why they could not be had and what to do.</param>
internal sealed class ExplainedCredentials(AWSCredentials inner, Func<Exception, string> explain) : AWSCredentials
{
    public override ImmutableCredentials GetCredentials() => Task.Run(GetCredentialsAsync).GetAwaiter().GetResult();

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        try
        {
            return await inner.GetCredentialsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not EyeSlotsException)
        {
            throw new S3ConfigurationException(explain(error), error);
        }
    }
}
