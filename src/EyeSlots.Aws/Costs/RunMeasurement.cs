namespace EyeSlots.Aws.Costs;

/// <summary>What is known of a run that is over: from its result, by the clocks of its machines.</summary>
public sealed record RunMeasurement
{
    /// <summary>From the master's start to the job's.</summary>
    public required double BootSeconds { get; init; }

    /// <summary>Of the job.</summary>
    public required double JobSeconds { get; init; }

    /// <summary>Of the master until the run was over.</summary>
    public required double MasterSeconds { get; init; }

    /// <summary>Of all workers together, each from when it was there.</summary>
    public required double WorkerSeconds { get; init; }

    /// <summary>Images that were read.</summary>
    public required long Images { get; init; }
}
