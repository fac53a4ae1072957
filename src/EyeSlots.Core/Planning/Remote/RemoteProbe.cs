namespace EyeSlots.Core.Planning.Remote;

/// <summary>What an executor is asked to check of itself.</summary>
public sealed record RemoteProbe
{
    /// <summary>The name under which executors know the function.</summary>
    public const string Function = "probe";

    /// <summary>The output columns: who answers, what was checked, how it ended, and the executor's clock in ms since 1970.</summary>
    public const string HostColumn = "host", ProcessColumn = "process", CheckColumn = "check", PassedColumn = "passed", DetailColumn = "detail", ClockColumn = "clock";

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
