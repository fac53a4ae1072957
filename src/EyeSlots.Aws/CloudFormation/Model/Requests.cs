namespace EyeSlots.Aws.CloudFormation.Model;

/// <summary>A stack to make.</summary>
public sealed record CreateStackRequest
{
    /// <summary>Its name.</summary>
    public required string StackName { get; init; }

    /// <summary>Where the template lies in S3; else <see cref="TemplateBody"/>.</summary>
    public string? TemplateURL { get; init; }

    /// <summary>The template, 51,200 bytes at most.</summary>
    public string? TemplateBody { get; init; }

    /// <summary>Values of the template's parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>What IAM resources need, such as <c>CAPABILITY_NAMED_IAM</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Tags of the stack and all that it makes.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>The role that makes the resources, or null: the caller.</summary>
    public string? RoleARN { get; init; }

    /// <summary>What becomes of a stack that fails: <c>DELETE</c>, <c>ROLLBACK</c> or <c>DO_NOTHING</c>; null for the service's own.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Minutes after which the stack has failed, or null.</summary>
    public int? TimeoutInMinutes { get; init; }

    /// <summary>Whether nobody may delete it before this is taken back; null for no.</summary>
    public bool? EnableTerminationProtection { get; init; }

    /// <summary>The same for each try of one intent; null for a new one.</summary>
    public string? ClientRequestToken { get; init; }
}

/// <summary>A stack to change.</summary>
public sealed record UpdateStackRequest
{
    /// <summary>Its name or id.</summary>
    public required string StackName { get; init; }

    /// <summary>Where the template lies in S3; else <see cref="TemplateBody"/>.</summary>
    public string? TemplateURL { get; init; }

    /// <summary>The template, 51,200 bytes at most.</summary>
    public string? TemplateBody { get; init; }

    /// <summary>Values of the template's parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>What IAM resources need, such as <c>CAPABILITY_NAMED_IAM</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Tags in place of those that it has; none leaves them.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>The role that changes the resources, or null: the one that made them.</summary>
    public string? RoleARN { get; init; }

    /// <summary>The same for each try of one intent; null for a new one.</summary>
    public string? ClientRequestToken { get; init; }
}

/// <summary>A stack to delete.</summary>
public sealed record DeleteStackRequest
{
    /// <summary>Its name or id.</summary>
    public required string StackName { get; init; }

    /// <summary>The role that deletes the resources, or null: the one that made them.</summary>
    public string? RoleARN { get; init; }

    /// <summary>The same for each try of one intent; null for a new one.</summary>
    public string? ClientRequestToken { get; init; }
}

/// <summary>Which stacks to describe.</summary>
/// <param name="StackName">A name or id, or null for all. A deleted stack has its id only.</param>
/// <param name="NextToken">Where the page before ended, or null.</param>
public sealed record DescribeStacksRequest(string? StackName = null, string? NextToken = null);

/// <summary>Which events to describe.</summary>
/// <param name="StackName">A name or id.</param>
/// <param name="NextToken">Where the page before ended, or null.</param>
public sealed record DescribeStackEventsRequest(string StackName, string? NextToken = null);

/// <summary>Whose resources to describe.</summary>
/// <param name="StackName">A name or id.</param>
public sealed record DescribeStackResourcesRequest(string StackName);

/// <summary>A signal to a resource that waits for it.</summary>
/// <param name="StackName">A name or id.</param>
/// <param name="LogicalResourceId">The resource's name in the template.</param>
/// <param name="UniqueId">Who signals, such as an instance's id; each counts once.</param>
/// <param name="Status"><c>SUCCESS</c> or <c>FAILURE</c>.</param>
public sealed record SignalResourceRequest(string StackName, string LogicalResourceId, string UniqueId, string Status);
