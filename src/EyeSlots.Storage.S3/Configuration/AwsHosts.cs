using System.Text.RegularExpressions;

namespace EyeSlots.Storage.S3.Configuration;

/// <summary>Hosts of AWS itself, in all its partitions.</summary>
internal static partial class AwsHosts
{
    private static readonly string[] Domains = [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws", ".api.amazonwebservices.com.cn"];

    public static bool Contains(string host) => Array.Exists(Domains, domain => host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    /// <summary>The region in a host's name, such as that of <c>s3.eu-west-1.amazonaws.com</c>, or null.</summary>
    public static string? RegionOf(string host) =>
        Contains(host) && Region().Match(host.ToLowerInvariant()) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"[.-]((?:[a-z]{2}|us-gov|us-isob?|eusc-de)-[a-z]+-[0-9])\.")]
    private static partial Regex Region();
}
