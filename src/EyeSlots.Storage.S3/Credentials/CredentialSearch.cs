using Amazon.Runtime;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>
/// Finds this machine's credentials where the aws command line finds them, in its order: the variables' keys, then a role, a web identity
/// token, a login, keys or a program of the profile, then the container's and the machine's own. A profile named on the command line is
/// asked before the variables.
/// </summary>
internal sealed class CredentialSearch(S3Settings settings, ServiceClients services)
{
    private readonly ProfileCredentials profiles = new(settings, services);

    /// <summary>The first credentials there are. Their keys are fetched when they are first used.</summary>
    /// <exception cref="S3ConfigurationException">There are none, or those that are configured lack something.</exception>
    public async Task<FoundCredentials> FindAsync(CancellationToken cancellation)
    {
        if (settings.Credentials is { } given) return new(given.ToAws(), "sent by the driver");
        if (!settings.IsProfileAsked && MachineCredentials.OfVariables(settings.Aws) is { } variables) return variables;
        if (profiles.RoleOf(settings.Profile) is { } role) return role;
        if (!settings.IsProfileAsked && OfWebIdentity() is { } identity) return identity;
        return profiles.Of(settings.Profile) ?? MachineCredentials.OfContainer(settings.Aws)
            ?? await MachineCredentials.OfInstanceAsync(settings.Aws, cancellation).ConfigureAwait(false) ?? throw Nothing();
    }

    private FoundCredentials? OfWebIdentity()
    {
        if (settings.Aws.Variable("AWS_WEB_IDENTITY_TOKEN_FILE") is not { } file) return null;
        var role = settings.Aws.Variable("AWS_ROLE_ARN") ?? throw new S3ConfigurationException("AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN; set both.");
        return WebIdentityCredentials.Create(
            services, new(file, "AWS_WEB_IDENTITY_TOKEN_FILE"), new(role, "AWS_ROLE_ARN"), settings.Aws.Variable("AWS_ROLE_SESSION_NAME"));
    }

    private S3ConfigurationException Nothing() => new(
        $"no AWS credentials found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE (profile '{settings.Profile.Name}' has none, and this machine is no container or instance with a role).");
}
