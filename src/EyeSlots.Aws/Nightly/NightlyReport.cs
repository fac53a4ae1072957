using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Nightly;

/// <summary>What <c>nightly install</c> and <c>remove</c> print with <c>--json</c>.</summary>
public sealed record NightlyReport
{
    /// <summary>Where the nights are, or would be.</summary>
    public required string Region { get; init; }

    /// <summary>The stack; null before there is one and after it is gone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StackId { get; init; }

    /// <summary>Of a dry run: each call that would change something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Calls { get; init; }
}

/// <summary>What <c>nightly status</c> prints with <c>--json</c>.</summary>
public sealed record NightlyStatusReport
{
    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The stack's status, such as <c>CREATE_COMPLETE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When a night begins, as EventBridge Scheduler takes it.</summary>
    public required string Schedule { get; init; }

    /// <summary>The time zone of <see cref="Schedule"/>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The command with its arguments; null where it was taken away.</summary>
    public IReadOnlyList<string>? Job { get; init; }

    /// <summary>The last nights, the newest first.</summary>
    public required IReadOnlyList<NightReport> Nights { get; init; }
}

/// <summary>A night; <c>nightly run</c> prints one with <c>--json</c>.</summary>
public sealed record NightReport
{
    /// <summary>Its name, which is its cluster's.</summary>
    public required string Name { get; init; }

    /// <summary><c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c> or <c>ABORTED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took, in seconds; null while it goes on.</summary>
    public double? Seconds { get; init; }

    /// <summary>The first cause of its failure; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cause { get; init; }

    /// <summary>What the command printed with <c>--json</c>; null where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

    internal static NightReport Of(string name, string status, double start, double? stop) => new()
    {
        Name = name, Status = status, Started = DateTimeOffset.FromUnixTimeMilliseconds((long)(start * 1000)), Seconds = stop is { } end ? Math.Round(end - start, 1) : null,
    };
}
