using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Util;
using EyeSlots.Storage.S3.Configuration;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>Credentials that a process, a container or an instance has without any profile.</summary>
internal static class MachineCredentials
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Keys in variables, or null.</summary>
    /// <exception cref="S3ConfigurationException">Half of them is missing.</exception>
    public static FoundCredentials? OfVariables(AwsConfiguration aws)
    {
        var (id, secret, token) = (aws.Variable("AWS_ACCESS_KEY_ID"), aws.Variable("AWS_SECRET_ACCESS_KEY"), aws.Variable("AWS_SESSION_TOKEN") ?? aws.Variable("AWS_SECURITY_TOKEN"));
        if (id is null) return null;
        if (secret is null) throw new S3ConfigurationException("AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY; set both.");
        return new(new S3Credentials(id, secret, token).ToAws(), "AWS_ACCESS_KEY_ID");
    }

    /// <summary>The role of an ECS task or an EKS pod, or null.</summary>
    public static FoundCredentials? OfContainer(AwsConfiguration aws)
    {
        var source = aws.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is not null ? "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
            : aws.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is not null ? "AWS_CONTAINER_CREDENTIALS_FULL_URI" : null;
        if (source is null) return null;
        try
        {
            var token = aws.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is not null ? "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE" : "AWS_CONTAINER_AUTHORIZATION_TOKEN";
            return new(
                new ExplainedCredentials(new GenericContainerCredentials(), _ => $"the container's credentials were not given ({source}); check it and {token}."), source);
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException)
        {
            throw new S3ConfigurationException($"{source} is no address that credentials are taken from; it must be https, this host, or the agent of ECS or EKS.", error);
        }
    }

    /// <summary>The role of an EC2 instance, or null where nothing answers as one.</summary>
    public static async Task<FoundCredentials?> OfInstanceAsync(AwsConfiguration aws, CancellationToken cancellation)
    {
        if (string.Equals(aws.Variable("AWS_EC2_METADATA_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)) return null;
        return await AnswersAsync(cancellation).ConfigureAwait(false) ? OfInstance() : null;
    }

    /// <summary>The role of the EC2 instance that this is said to be.</summary>
    public static FoundCredentials OfInstance() => new(
        new ExplainedCredentials(new InstanceCredentials(), _ =>
            "the instance's metadata service (IMDSv2) gave no credentials; attach a role to the instance, and for containers on it allow a hop limit of 2."),
        "the instance's role (IMDSv2)");

    /// <summary>Whether there is a metadata service. Elsewhere its address leads nowhere, and the SDK would wait for half a minute.</summary>
    private static async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var place = new Uri(EC2InstanceMetadata.ServiceEndpoint);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(place.IdnHost, place.Port, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>The SDK's credentials of a role, whose name is asked when they are first used.</summary>
    private sealed class InstanceCredentials : AWSCredentials
    {
        private readonly SemaphoreSlim gate = new(1, 1);
        private volatile InstanceProfileAWSCredentials? found;

        public override ImmutableCredentials GetCredentials() => Task.Run(GetCredentialsAsync).GetAwaiter().GetResult();

        public override async Task<ImmutableCredentials> GetCredentialsAsync()
        {
            if (found is null)
            {
                await gate.WaitAsync().ConfigureAwait(false);
                try
                {
                    found ??= new((await InstanceProfileAWSCredentials.GetAvailableRolesAsync(null).ConfigureAwait(false)).First());
                }
                finally
                {
                    gate.Release();
                }
            }

            return await found.GetCredentialsAsync().ConfigureAwait(false);
        }
    }
}
