namespace EyeSlots.Aws.CloudFormation.Model;

/// <summary>A stack is being made.</summary>
/// <param name="StackId">Its id, which no other stack has before or after it.</param>
public sealed record CreateStackResponse(string StackId);

/// <summary>A stack is being changed.</summary>
/// <param name="StackId">Its id.</param>
public sealed record UpdateStackResponse(string StackId);

/// <summary>A stack is being deleted.</summary>
public sealed record DeleteStackResponse;

/// <summary>A page of stacks.</summary>
/// <param name="Stacks">The stacks.</param>
/// <param name="NextToken">Where the next page begins, or null.</param>
public sealed record DescribeStacksResponse(IReadOnlyList<Stack> Stacks, string? NextToken);

/// <summary>A page of events.</summary>
/// <param name="StackEvents">The events, the newest first.</param>
/// <param name="NextToken">Where the next page begins, or null.</param>
public sealed record DescribeStackEventsResponse(IReadOnlyList<StackEvent> StackEvents, string? NextToken);

/// <summary>A stack's resources.</summary>
/// <param name="StackResources">The resources, 100 at most.</param>
public sealed record DescribeStackResourcesResponse(IReadOnlyList<StackResource> StackResources);

/// <summary>A signal was taken.</summary>
public sealed record SignalResourceResponse;
