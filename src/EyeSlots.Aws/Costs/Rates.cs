using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Costs;

/// <summary>What bounds how many images a second are cut.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RateLimit>))]
public enum RateLimit
{
    /// <summary>The processors.</summary>
    [JsonStringEnumMemberName("processors")]
    Processors,

    /// <summary>The machines' network.</summary>
    [JsonStringEnumMemberName("network")]
    Network,

    /// <summary>What S3 answers of one prefix.</summary>
    [JsonStringEnumMemberName("requests")]
    Requests,
}

/// <summary>Images a second that each of the three would allow.</summary>
/// <param name="Processors">vCPUs over the time of an image.</param>
/// <param name="Network">Baseline of the machines over the bytes of an image.</param>
/// <param name="Requests">GETs of a prefix, times the prefixes.</param>
public readonly record struct Rates(double Processors, double Network, double Requests)
{
    /// <summary>The least of the three.</summary>
    public double Lowest => Math.Min(Processors, Math.Min(Network, Requests));

    /// <summary>Which one that is; of equal ones the first.</summary>
    public RateLimit Limit => Lowest == Processors ? RateLimit.Processors : Lowest == Network ? RateLimit.Network : RateLimit.Requests;
}
