using Amazon.Runtime;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>A role, lent to who holds a token of another provider, as pods of Kubernetes do. The file is read anew for each loan: it changes.</summary>
internal sealed class WebIdentityCredentials : RefreshingAWSCredentials
{
    private readonly ServiceClients services;
    private readonly Setting<string> file;
    private readonly string role;
    private readonly string session;

    private WebIdentityCredentials(ServiceClients services, Setting<string> file, string role, string session)
    {
        (this.services, this.file, this.role, this.session) = (services, file, role, session);
        PreemptExpiryTime = RoleSession.RenewBefore;
    }

    /// <summary>The role.</summary>
    /// <param name="services">The service that lends it.</param>
    /// <param name="file">The file that holds the token.</param>
    /// <param name="role">Its name.</param>
    /// <param name="session">The session's name, or null.</param>
    public static FoundCredentials Create(ServiceClients services, Setting<string> file, Setting<string> role, string? session) => new(
        new ExplainedCredentials(new WebIdentityCredentials(services, file, role.Value, session ?? RoleSession.Name()), error =>
            RoleSession.Explain($"the role of {role.Source} was not lent to the token of {file.Source}", services, error)),
        $"{role.Source}, lent to {file.Source}");

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var sts = services.Sts(new AnonymousAWSCredentials());
        var lent = await sts.AssumeRoleWithWebIdentityAsync(
            new() { RoleArn = role, RoleSessionName = session, WebIdentityToken = await TokenAsync().ConfigureAwait(false) }).ConfigureAwait(false);
        return RoleSession.State(lent.Credentials);
    }

    private async Task<string> TokenAsync()
    {
        try
        {
            return (await File.ReadAllTextAsync(file.Value).ConfigureAwait(false)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new S3ConfigurationException($"the file of {file.Source} ({file.Value}) cannot be read; check the path.", error);
        }
    }
}
