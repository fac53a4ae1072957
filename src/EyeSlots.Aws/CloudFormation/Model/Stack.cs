namespace EyeSlots.Aws.CloudFormation.Model;

/// <summary>A stack as it stands.</summary>
public sealed record Stack
{
    /// <summary>Its id, which no other stack has before or after it.</summary>
    public required string StackId { get; init; }

    /// <summary>Its name.</summary>
    public required string StackName { get; init; }

    /// <summary>Such as <c>CREATE_IN_PROGRESS</c>.</summary>
    public required string StackStatus { get; init; }

    /// <summary>Why it has this status, or null.</summary>
    public string? StackStatusReason { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreationTime { get; init; }

    /// <summary>When it was deleted, or null.</summary>
    public DateTimeOffset? DeletionTime { get; init; }

    /// <summary>Values of the parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Values of the outputs.</summary>
    public IReadOnlyList<Output> Outputs { get; init; } = [];

    /// <summary>Tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>The value of an output, or null.</summary>
    public string? OutputOf(string key) => Outputs.FirstOrDefault(output => output.OutputKey == key)?.OutputValue;
}

/// <summary>Something that happened to a stack or to a resource of it.</summary>
public sealed record StackEvent
{
    /// <summary>The event's id.</summary>
    public required string EventId { get; init; }

    /// <summary>The stack's id.</summary>
    public required string StackId { get; init; }

    /// <summary>The resource's name in the template; the stack's name where it is the stack itself.</summary>
    public required string LogicalResourceId { get; init; }

    /// <summary>The resource's id; empty before it has one.</summary>
    public string PhysicalResourceId { get; init; } = "";

    /// <summary>Such as <c>AWS::EC2::Instance</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Such as <c>CREATE_FAILED</c>.</summary>
    public required string ResourceStatus { get; init; }

    /// <summary>Why, or null.</summary>
    public string? ResourceStatusReason { get; init; }

    /// <summary>The token of the request that caused it, or null.</summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>Whether it tells of the stack itself.</summary>
    public bool IsOfStack => PhysicalResourceId == StackId;
}

/// <summary>A resource of a stack.</summary>
/// <param name="LogicalResourceId">Its name in the template.</param>
/// <param name="PhysicalResourceId">Its id; empty before it has one.</param>
/// <param name="ResourceType">Such as <c>AWS::EC2::Instance</c>.</param>
/// <param name="ResourceStatus">Such as <c>CREATE_COMPLETE</c>.</param>
public sealed record StackResource(string LogicalResourceId, string PhysicalResourceId, string ResourceType, string ResourceStatus);

/// <summary>The value of a template's parameter.</summary>
/// <param name="ParameterKey">The parameter's name.</param>
/// <param name="ParameterValue">Its value; not used where the previous one is.</param>
/// <param name="UsePreviousValue">Whether an update leaves it as it is.</param>
public sealed record Parameter(string ParameterKey, string ParameterValue, bool UsePreviousValue = false);

/// <summary>The value of a template's output.</summary>
/// <param name="OutputKey">The output's name.</param>
/// <param name="OutputValue">Its value.</param>
/// <param name="ExportName">The name under which other stacks import it, or null.</param>
public sealed record Output(string OutputKey, string OutputValue, string? ExportName);

/// <summary>A tag.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record Tag(string Key, string Value);
