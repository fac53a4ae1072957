using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Services;

/// <summary>An execution to start.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="Name">Its name: no other execution of the machine had it in 90 days.</param>
/// <param name="Input">JSON.</param>
internal sealed record StartExecutionRequest(string StateMachineArn, string Name, string Input);

/// <summary>An execution was started.</summary>
/// <param name="ExecutionArn">Its ARN.</param>
internal sealed record StartExecutionResponse([property: JsonRequired] string ExecutionArn);

internal sealed record DescribeExecutionRequest(string ExecutionArn);

/// <summary>An execution as it stands.</summary>
internal sealed record DescribeExecutionResponse
{
    /// <summary>Its ARN.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary><c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c> or <c>ABORTED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it began, in seconds since 1970.</summary>
    public required double StartDate { get; init; }

    /// <summary>When it ended, in seconds since 1970, or null.</summary>
    public double? StopDate { get; init; }

    /// <summary>What it was given, in JSON, or null.</summary>
    public string? Input { get; init; }

    /// <summary>What it gave, in JSON, or null.</summary>
    public string? Output { get; init; }

    /// <summary>The name of the error by which it failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public string? Cause { get; init; }
}

internal sealed record ListExecutionsRequest(string StateMachineArn, int MaxResults);

internal sealed record ListExecutionsResponse([property: JsonRequired] IReadOnlyList<ExecutionListItem> Executions);

/// <summary>An execution of a list.</summary>
internal sealed record ExecutionListItem
{
    /// <summary>Its ARN.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary><c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c> or <c>ABORTED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When it began, in seconds since 1970.</summary>
    public required double StartDate { get; init; }

    /// <summary>When it ended, in seconds since 1970, or null.</summary>
    public double? StopDate { get; init; }
}
