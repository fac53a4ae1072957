using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>A cluster as <c>cluster status</c> shows it.</summary>
public sealed record ClusterReport
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its stack.</summary>
    public required string StackId { get; init; }

    /// <summary>Where it is.</summary>
    public required string Region { get; init; }

    /// <summary>The stack's status, such as <c>CREATE_COMPLETE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What the master said last that it does; null while it said nothing.</summary>
    public ClusterPhase? Phase { get; init; }

    /// <summary>Workers that are registered.</summary>
    public int? Workers { get; init; }

    /// <summary>The job that runs.</summary>
    public int? Job { get; init; }

    /// <summary>The last line that it said.</summary>
    public string? Progress { get; init; }

    /// <summary>Seconds since the stack was asked for.</summary>
    public required double Age { get; init; }

    /// <summary>Seconds after which it ends whatever it does; null where somebody else made it without.</summary>
    public double? Lifetime { get; init; }

    /// <summary>Whether it is older than it may become.</summary>
    public bool Overdue => Age > Lifetime;

    /// <summary>What its machines that run have taken so far, as if all were on demand; those that are gone are not counted.</summary>
    public required ActualCost Actual { get; init; }
}
