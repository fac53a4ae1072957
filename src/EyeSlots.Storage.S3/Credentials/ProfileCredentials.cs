using Amazon.Runtime;
using EyeSlots.Storage.S3.Configuration;
using EyeSlots.Storage.S3.Network;

namespace EyeSlots.Storage.S3.Credentials;

/// <summary>Credentials of a profile, of whatever kind it is.</summary>
internal sealed class ProfileCredentials(S3Settings settings, ServiceClients services)
{
    /// <summary>All kinds but the role that is lent to other credentials; null where the profile has none.</summary>
    public FoundCredentials? Of(AwsProfile profile)
    {
        if (profile["web_identity_token_file"] is { } file)
        {
            return WebIdentityCredentials.Create(
                services, new(file, profile.Source("web_identity_token_file")), new(profile.Require("role_arn", "web_identity_token_file"), profile.Source("role_arn")), profile["role_session_name"]);
        }

        if (profile["sso_session"] is not null || profile["sso_start_url"] is not null) return SsoCredentials.Create(settings, services, profile);
        return Keys(profile) ?? (profile["credential_process"] is { } process ? OfProcess(profile, process) : null);
    }

    /// <summary>A role that is lent to other credentials, or null.</summary>
    public FoundCredentials? RoleOf(AwsProfile profile) => RoleOf(profile, []);

    /// <param name="profile">The profile.</param>
    /// <param name="before">Names of the profiles that lead to it.</param>
    private FoundCredentials? RoleOf(AwsProfile profile, HashSet<string> before)
    {
        if (profile["role_arn"] is not { } role || profile["web_identity_token_file"] is not null) return null;
        if (!before.Add(profile.Name)) throw new S3ConfigurationException($"source_profile of profile '{profile.Name}' leads back to itself; correct it.");
        if (profile["mfa_serial"] is not null)
        {
            throw new S3ConfigurationException(
                $"profile '{profile.Name}' has mfa_serial, and a program cannot ask for codes; run 'aws configure export-credentials --profile {profile.Name} --format env' and use those variables.");
        }

        return RoleCredentials.Create(services, profile, new(role, profile.Source("role_arn")), Source(profile, before));
    }

    private FoundCredentials Source(AwsProfile profile, HashSet<string> before)
    {
        if (profile["source_profile"] is { } name)
        {
            if (profile["credential_source"] is not null) throw new S3ConfigurationException($"profile '{profile.Name}' has source_profile and credential_source; keep one.");
            var source = settings.Aws.Find(name) ?? throw new S3ConfigurationException($"source_profile '{name}' of profile '{profile.Name}' is missing; correct it.");

            // A profile may name itself: then its own keys are the source.
            return (name == profile.Name ? Keys(profile) : null) ?? RoleOf(source, before) ?? Of(source)
                ?? throw new S3ConfigurationException($"source_profile '{name}' of profile '{profile.Name}' has no credentials; add keys, a login or a role to it.");
        }

        return Named(profile, profile.Require("credential_source", "role_arn without source_profile and")) ?? throw new S3ConfigurationException(
            $"credential_source = {profile["credential_source"]} of profile '{profile.Name}' gives no credentials here; check its variables.");
    }

    private FoundCredentials? Named(AwsProfile profile, string kind) => kind.ToLowerInvariant() switch
    {
        "environment" => MachineCredentials.OfVariables(settings.Aws),
        "ecscontainer" => MachineCredentials.OfContainer(settings.Aws),
        "ec2instancemetadata" => MachineCredentials.OfInstance(),
        _ => throw new S3ConfigurationException($"credential_source of profile '{profile.Name}' is '{kind}'; it must be Environment, EcsContainer or Ec2InstanceMetadata."),
    };

    private static FoundCredentials? Keys(AwsProfile profile)
    {
        if (profile["aws_access_key_id"] is not { } id) return null;
        var secret = profile.Require("aws_secret_access_key", "aws_access_key_id");
        return new(new S3Credentials(id, secret, profile["aws_session_token"]).ToAws(), profile.Source("aws_access_key_id"));
    }

    private static FoundCredentials OfProcess(AwsProfile profile, string process) => new(
        new ExplainedCredentials(new ProcessAWSCredentials(process), _ =>
            $"credential_process of profile '{profile.Name}' gave no credentials: it must end with 0 and print one JSON object of Version 1; run it by hand."),
        profile.Source("credential_process"));
}
