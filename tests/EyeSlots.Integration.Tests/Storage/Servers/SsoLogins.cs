using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>What <c>aws configure sso</c> and <c>aws sso login</c> leave in a home.</summary>
internal static class SsoLogins
{
    public const string StartUrl = "https://eyeslots.awsapps.com/start";

    /// <summary>Profiles of both forms; writes their logins. That of <c>renewed</c> has ended and can be renewed, that of <c>ended</c> cannot.</summary>
    public static string Profiles(Scratch home)
    {
        Write(home, StartUrl, CredentialServices.Login, hours: 1);
        Write(home, "good", CredentialServices.Login, hours: 1);
        Write(home, "renewing", "an-old-login", hours: -1, CredentialServices.RefreshToken);
        Write(home, "ended", "an-old-login", hours: -1);
        return $"""
            [profile legacy]
            sso_start_url = {StartUrl}
            sso_region = us-east-1
            sso_account_id = 123456789012
            sso_role_name = Slots
            {Profile("session", "good")}{Profile("renewed", "renewing")}{Profile("ended", "ended")}{Profile("denied", "good").Replace("= Slots", "= Other", StringComparison.Ordinal)}

            """;
    }

    private static string Profile(string name, string session) => $"""

        [profile {name}]
        sso_session = {session}
        sso_account_id = 123456789012
        sso_role_name = Slots
        [sso-session {session}]
        sso_region = us-east-1
        sso_start_url = {StartUrl}
        sso_registration_scopes = sso:account:access
        """;

    private static void Write(Scratch home, string name, string token, int hours, string? refresh = null)
    {
        var file = home[$".aws/sso/cache/{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(name)))}.json"];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var more = refresh is null ? "" : $$""", "refreshToken": "{{refresh}}", "clientId": "client", "clientSecret": "client-secret", "registrationExpiresAt": "2099-01-01T00:00:00Z" """;
        var end = DateTime.UtcNow.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        File.WriteAllText(file, $$"""{"startUrl": "{{StartUrl}}", "region": "us-east-1", "accessToken": "{{token}}", "expiresAt": "{{end}}"{{more}}}""");
    }
}
