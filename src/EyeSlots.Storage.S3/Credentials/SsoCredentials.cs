using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Util;
using Amazon.Util.Internal;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>A role of IAM Identity Center, lent to the login that <c>aws sso login</c> left; a login of an <c>sso_session</c> is renewed as long as it lasts.</summary>
internal sealed class SsoCredentials : RefreshingAWSCredentials
{
    private readonly ServiceClients services;
    private readonly SsoRole role;

    private SsoCredentials(ServiceClients services, SsoRole role)
    {
        (this.services, this.role) = (services, role);
        PreemptExpiryTime = RoleSession.RenewBefore;
    }

    /// <summary>The role of a profile with <c>sso_session</c>, or with <c>sso_start_url</c> as older profiles have it.</summary>
    public static FoundCredentials Create(S3Settings settings, ServiceClients services, AwsProfile profile)
    {
        var session = profile["sso_session"];
        var login = session is null ? profile : settings.Aws.SsoSession(profile, session);
        var role = new SsoRole(
            profile.Require("sso_account_id", "a login"), profile.Require("sso_role_name", "a login"),
            login.Require("sso_region", "a login"), login.Require("sso_start_url", "a login"), session);
        var source = profile.Source(session is null ? "sso_start_url" : "sso_session");
        return new(new ExplainedCredentials(new SsoCredentials(services, role), error => Explain(profile, source, services, error)), source);
    }

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        using var oidc = services.SsoOidc(role.Region);
        using var sso = services.Sso(role.Region);
        var cache = new SSOTokenFileCache(CryptoUtilFactory.CryptoInstance, new FileRetriever(), new DirectoryRetriever());
        var token = await new SSOTokenManager(oidc, cache).GetTokenAsync(
            new() { Region = role.Region, StartUrl = role.StartUrl, Session = role.Session, SupportsGettingNewToken = false }).ConfigureAwait(false);
        var lent = (await sso.GetRoleCredentialsAsync(
            new() { AccountId = role.Account, RoleName = role.Name, AccessToken = token.AccessToken }).ConfigureAwait(false)).RoleCredentials;
        var end = DateTimeOffset.FromUnixTimeMilliseconds(lent.Expiration ?? 0).UtcDateTime;
        return new(new(lent.AccessKeyId, lent.SecretAccessKey, lent.SessionToken), end);
    }

    private static string Explain(AwsProfile profile, string source, ServiceClients services, Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is AmazonServiceException { ErrorCode: "ForbiddenException" or "ResourceNotFoundException" or "InvalidRequestException" } refused)
                return $"the login of {source} does not give the role ({refused.ErrorCode}); check sso_account_id and sso_role_name.";
            if (cause is HttpRequestException) return $"IAM Identity Center at {services.Place("sso")} cannot be reached; check sso_region, the network and proxies.";
        }

        return $"the login of {source} is missing or has ended; run 'aws sso login --profile {profile.Name}'.";
    }

    /// <summary>A role and the login that it is lent to.</summary>
    private sealed record SsoRole(string Account, string Name, string Region, string StartUrl, string? Session);
}
