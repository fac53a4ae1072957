using System.Collections.ObjectModel;

namespace EyeSlots.Storage.S3.Configuration;

/// <summary>The AWS variables and files of this machine, found and read as the aws command line does it.</summary>
internal sealed class AwsConfiguration
{
    private const string DefaultName = "default";
    private static readonly IReadOnlyDictionary<string, string> Nothing = ReadOnlyDictionary<string, string>.Empty;
    private readonly Func<string, string?> variables;
    private readonly AwsConfigFile config;
    private readonly AwsConfigFile credentials;

    /// <summary>Reads the files.</summary>
    /// <param name="variables">The environment.</param>
    /// <exception cref="S3ConfigurationException">A file cannot be read.</exception>
    public AwsConfiguration(Func<string, string?> variables)
    {
        this.variables = variables;
        config = AwsConfigFile.Read(Variable("AWS_CONFIG_FILE") ?? InHome("config"));
        credentials = AwsConfigFile.Read(Variable("AWS_SHARED_CREDENTIALS_FILE") ?? InHome("credentials"));
    }

    /// <summary>A variable; an empty one counts as none.</summary>
    public string? Variable(string name) => variables(name) is { } value && value.Trim().Length > 0 ? value.Trim() : null;

    /// <summary>The profile that a command uses.</summary>
    /// <param name="asked">The one that the command line names, or null: that of <c>AWS_PROFILE</c>, else <c>default</c>.</param>
    /// <param name="option">How messages name the option.</param>
    /// <exception cref="S3ConfigurationException">One is named that is not there.</exception>
    public AwsProfile Profile(string? asked, string option)
    {
        var (name, source) = asked is not null ? (asked, option)
            : Variable("AWS_PROFILE") is { } chosen ? (chosen, "AWS_PROFILE")
            : Variable("AWS_DEFAULT_PROFILE") is { } other ? (other, "AWS_DEFAULT_PROFILE") : (DefaultName, null);
        return Find(name) ?? (source is null
            ? new(DefaultName, Nothing, Nothing)
            : throw new S3ConfigurationException($"the AWS profile '{name}' ({source}) is missing in {config.Path} and {credentials.Path}; see 'aws configure list-profiles'."));
    }

    /// <summary>A profile by its name, or null.</summary>
    public AwsProfile? Find(string name)
    {
        var (one, two) = (config.Section("profile", name) ?? (name == DefaultName ? config.Section("", name) : null), credentials.Section("", name));
        return one is null && two is null ? null : new(name, one ?? Nothing, two ?? Nothing);
    }

    /// <summary>The <c>sso-session</c> section that a profile names, as a profile of its own.</summary>
    /// <exception cref="S3ConfigurationException">It is not there.</exception>
    public AwsProfile SsoSession(AwsProfile profile, string name) => config.Section("sso-session", name) is { } section
        ? new(name, section, Nothing)
        : throw new S3ConfigurationException($"profile '{profile.Name}' names sso_session '{name}', and {config.Path} has no [sso-session {name}]; run 'aws configure sso'.");

    /// <summary>The endpoint of a service, in the order of the aws command line: its variable, the variable of all, its section, the profile.</summary>
    /// <param name="profile">The profile in use.</param>
    /// <param name="service">As sections name it: <c>s3</c>, <c>sts</c>, <c>sso_oidc</c>.</param>
    /// <exception cref="S3ConfigurationException">The profile names a section that is not there.</exception>
    public Setting<string>? Endpoint(AwsProfile profile, string service)
    {
        if (IsTrue(Variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") ?? profile["ignore_configured_endpoint_urls"])) return null;
        foreach (var name in (string[])[$"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}", "AWS_ENDPOINT_URL"])
        {
            if (Variable(name) is { } url) return new(url, name);
        }

        if (profile["services"] is { } services && Services(profile, services).GetValueOrDefault($"{service}.endpoint_url") is { Length: > 0 } own)
            return new(own, $"endpoint_url of [services {services}]");
        return profile["endpoint_url"] is { } all ? new(all, profile.Source("endpoint_url")) : null;
    }

    private IReadOnlyDictionary<string, string> Services(AwsProfile profile, string name) => config.Section("services", name)
        ?? throw new S3ConfigurationException($"profile '{profile.Name}' names services '{name}', and {config.Path} has no [services {name}]; add it.");

    private string InHome(string file) =>
        System.IO.Path.Combine(Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", file);

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
