namespace EyeSlots.Storage.S3.Configuration;

/// <summary>A profile of the two AWS files. Where both set a property, the credentials file wins, as for the aws command line.</summary>
/// <param name="Name">Its name; <c>default</c> when nothing names one.</param>
/// <param name="Config">Its section of the configuration file.</param>
/// <param name="Credentials">Its section of the credentials file.</param>
internal sealed record AwsProfile(string Name, IReadOnlyDictionary<string, string> Config, IReadOnlyDictionary<string, string> Credentials)
{
    /// <summary>A property of either file, or null where it is not set or empty.</summary>
    public string? this[string property] => Text(Credentials, property) ?? Text(Config, property);

    /// <summary>How a message names a property of the profile.</summary>
    public string Source(string property) => $"{property} of profile '{Name}'";

    /// <summary>A property that the profile's kind of credentials needs.</summary>
    /// <exception cref="S3ConfigurationException">It is missing.</exception>
    public string Require(string property, string needed) =>
        this[property] ?? throw new S3ConfigurationException($"profile '{Name}' has {needed} without {property}; add it to the AWS configuration.");

    private static string? Text(IReadOnlyDictionary<string, string> section, string property) =>
        section.TryGetValue(property, out var value) && value.Length > 0 ? value : null;
}
