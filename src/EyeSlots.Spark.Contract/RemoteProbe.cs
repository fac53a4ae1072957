using System.Text.Json.Serialization;

namespace EyeSlots.Spark.Contract;

/// <summary>What an executor is asked to check of itself.</summary>
public sealed record RemoteProbe
{
    /// <summary>What the driver speaks.</summary>
    [JsonRequired]
    public int Contract { get; init; } = ContractVersion.Current;

    /// <summary>An image root to list, or null.</summary>
    public string? Images { get; init; }

    /// <summary>Whether links that lead out of the image root are followed.</summary>
    public bool FollowLinks { get; init; }

    /// <summary>A dataset root to publish to, or null.</summary>
    public string? Output { get; init; }

    /// <summary>Where S3 is.</summary>
    public RemoteStorage Storage { get; init; } = new();

    /// <summary>How long a task lasts at least, so that no executor answers in place of another.</summary>
    public int HoldMilliseconds { get; init; } = 300;
}
