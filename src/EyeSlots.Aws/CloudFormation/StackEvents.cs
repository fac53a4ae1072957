using EyeSlots.Aws.CloudFormation.Model;

namespace EyeSlots.Aws.CloudFormation;

/// <summary>Follows a stack's events by its id, since a deleted stack has no name: each is shown once, in their order.</summary>
internal sealed class StackEvents(ICloudFormation cloudFormation, string stackId, Action<StackEvent>? show)
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<StackEvent> all = [];

    /// <summary>What happened since it follows, in order.</summary>
    public IReadOnlyList<StackEvent> All => all;

    /// <summary>
    /// What failed first. Resources that are given up because another failed, and the stack itself, fail after it; AWS lists events of one
    /// second in no certain order, so those that tell of the others are passed over by their words.
    /// </summary>
    public StackEvent? FirstFailure => all.Find(happened => !happened.IsOfStack && IsFailure(happened) && !IsConsequence(happened))
        ?? all.Find(happened => IsFailure(happened) && happened.ResourceStatusReason is not null);

    /// <summary>The last resource that could not be deleted, or null.</summary>
    public StackEvent? LastUndeleted => all.FindLast(happened => !happened.IsOfStack && happened.ResourceStatus == "DELETE_FAILED");

    /// <summary>Takes what has happened so far for known.</summary>
    public async Task SkipAsync(CancellationToken cancellation)
    {
        foreach (var happened in await NewAsync(cancellation).ConfigureAwait(false)) seen.Add(happened.EventId);
    }

    /// <summary>Shows what has happened since the last time.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        foreach (var happened in await NewAsync(cancellation).ConfigureAwait(false))
        {
            if (!seen.Add(happened.EventId)) continue;
            all.Add(happened);
            show?.Invoke(happened);
        }
    }

    /// <summary>Pages come with the newest first, so they are read until one holds a known event.</summary>
    private async Task<List<StackEvent>> NewAsync(CancellationToken cancellation)
    {
        List<StackEvent> news = [];
        string? next = null;
        do
        {
            var page = await cloudFormation.DescribeStackEventsAsync(new(stackId, next), cancellation).ConfigureAwait(false);
            news.AddRange(page.StackEvents.Where(happened => !seen.Contains(happened.EventId)));
            next = page.StackEvents.Any(happened => seen.Contains(happened.EventId)) ? null : page.NextToken;
        }
        while (next is not null);
        news.Reverse();
        return news;
    }

    private static bool IsFailure(StackEvent happened) => happened.ResourceStatus is "CREATE_FAILED" or "UPDATE_FAILED";

    private static bool IsConsequence(StackEvent happened) =>
        happened.ResourceStatusReason?.EndsWith("cancelled", StringComparison.OrdinalIgnoreCase) == true; // "Resource creation cancelled"
}
