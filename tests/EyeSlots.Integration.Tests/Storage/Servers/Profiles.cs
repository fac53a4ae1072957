namespace EyeSlots.Integration.Tests.Storage.Servers;

/// <summary>A home with a profile of every kind, whose credentials <see cref="CredentialServices"/> lends.</summary>
internal static class Profiles
{
    /// <summary>Writes the configuration and what it names.</summary>
    public static async Task WriteAsync(Scratch home, S3Server s3)
    {
        await File.WriteAllTextAsync(home["token"], CredentialServices.WebToken);
        await File.WriteAllTextAsync(home["keys.sh"], $$"""
            echo '{"Version": 1, "AccessKeyId": "{{s3.AccessKey}}", "SecretAccessKey": "{{s3.SecretKey}}", "SessionToken": "{{CredentialServices.LentToken}}", "Expiration": "2099-01-01T00:00:00Z"}'
            """);
        await File.WriteAllTextAsync(home[".aws/config"], SsoLogins.Profiles(home) + $"""
            [profile base]
            aws_access_key_id = {CredentialServices.SourceKey}
            aws_secret_access_key = {CredentialServices.SourceSecret}
            retry_mode = legacy
            [profile role]
            role_arn = {CredentialServices.Role}
            source_profile = base
            duration_seconds = 900
            role_session_name = my-session
            [profile external]
            role_arn = {CredentialServices.Role}
            source_profile = base
            external_id = {CredentialServices.ExternalId}
            [profile chained]
            role_arn = {CredentialServices.Role}
            source_profile = role
            [profile itself]
            role_arn = {CredentialServices.Role}
            source_profile = itself
            aws_access_key_id = {CredentialServices.SourceKey}
            aws_secret_access_key = {CredentialServices.SourceSecret}
            [profile named]
            role_arn = {CredentialServices.Role}
            credential_source = Environment
            [profile task]
            role_arn = {CredentialServices.Role}
            credential_source = EcsContainer
            [profile instance]
            role_arn = {CredentialServices.Role}
            credential_source = Ec2InstanceMetadata
            [profile web]
            role_arn = {CredentialServices.Role}
            web_identity_token_file = {home["token"]}
            [profile process]
            credential_process = sh "{home["keys.sh"]}"
            """);
    }
}
