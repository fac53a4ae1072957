using System.Globalization;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>A role, lent to other credentials and asked for again before it ends.</summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private readonly ServiceClients services;
    private readonly AWSCredentials source;
    private readonly AssumeRoleRequest request;

    private RoleCredentials(ServiceClients services, AWSCredentials source, AssumeRoleRequest request)
    {
        (this.services, this.source, this.request) = (services, source, request);
        PreemptExpiryTime = RoleSession.RenewBefore;
    }

    /// <summary>The role of a profile.</summary>
    /// <param name="services">The service that lends it.</param>
    /// <param name="profile">The profile, with the conditions of the loan.</param>
    /// <param name="role">Its name.</param>
    /// <param name="source">To whom it is lent.</param>
    public static FoundCredentials Create(ServiceClients services, AwsProfile profile, Setting<string> role, FoundCredentials source)
    {
        var request = new AssumeRoleRequest
        {
            RoleArn = role.Value, RoleSessionName = profile["role_session_name"] ?? RoleSession.Name(), ExternalId = profile["external_id"],
        };
        if (profile["duration_seconds"] is { } duration)
        {
            request.DurationSeconds = int.TryParse(duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 900 and <= 43_200
                ? seconds
                : throw new S3ConfigurationException($"duration_seconds of profile '{profile.Name}' must lie between 900 and 43200, not {duration}.");
        }

        return new(
            new ExplainedCredentials(new RoleCredentials(services, source.Aws, request), error =>
                RoleSession.Explain($"the role of {role.Source} was not lent to the credentials of {source.Source}", services, error)),
            $"{role.Source}, lent to {source.Source}");
    }

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = services.Sts(source);
        return RoleSession.State((await sts.AssumeRoleAsync(request).ConfigureAwait(false)).Credentials);
    }
}
