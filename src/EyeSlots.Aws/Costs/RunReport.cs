using System.Text.Json;
using System.Text.Json.Serialization;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Costs;

/// <summary>What <c>cluster cost</c>, <c>up</c> and <c>run</c> print with <c>--json</c>: each part from when it is known.</summary>
public sealed record RunReport
{
    /// <summary>The cluster's name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Its stack.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StackId { get; init; }

    /// <summary>Where it is, or would be.</summary>
    public required string Region { get; init; }

    /// <summary>What it is going to take; null where the number of images is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CostEstimate? Estimate { get; init; }

    /// <summary>What it took.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ActualCost? Actual { get; init; }

    /// <summary>How its job ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobOutcome? Job { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobError? Error { get; init; }

    /// <summary>Of a dry run: each call that would change something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Calls { get; init; }
}

/// <summary>How a job ended.</summary>
/// <param name="ExitCode">The command's.</param>
/// <param name="Result">What the command printed with <c>--json</c>; null where it failed.</param>
public sealed record JobOutcome(int ExitCode, JsonElement? Result);
