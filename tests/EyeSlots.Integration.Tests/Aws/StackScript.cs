namespace EyeSlots.Integration.Tests.Aws;

/// <summary>What becomes of a stack of the double: one step for each time that its status is asked.</summary>
/// <param name="Making">Steps from the call that makes it; the last one stays.</param>
/// <param name="Deletions">How each call that deletes it ends; the last one stays.</param>
internal sealed record StackScript(IReadOnlyList<StackStep> Making, IReadOnlyList<bool> Deletions)
{
    private const string Instance = "AWS::EC2::Instance", Group = "AWS::AutoScaling::AutoScalingGroup", Secret = "AWS::SecretsManager::Secret";

    /// <summary>All goes well.</summary>
    public static StackScript Good { get; } = new(
        [new("CREATE_IN_PROGRESS", [Of("Master", Instance, "CREATE_IN_PROGRESS")]), new("CREATE_IN_PROGRESS", [Of("Master", Instance, "CREATE_COMPLETE")]), new("CREATE_COMPLETE", [])],
        [true]);

    /// <summary>It is never there.</summary>
    public static StackScript Endless { get; } = new([new("CREATE_IN_PROGRESS", [Of("Master", Instance, "CREATE_IN_PROGRESS")])], [true]);

    /// <summary>Three resources fail: one for a reason, the others because of it.</summary>
    public static StackScript Rollback(string reason) => new(
        [
            new("CREATE_IN_PROGRESS", [Of("Master", Instance, "CREATE_IN_PROGRESS"), Of("Workers", Group, "CREATE_IN_PROGRESS"), Of("Secret", Secret, "CREATE_IN_PROGRESS")]),
            new("DELETE_IN_PROGRESS", [
                Of("Secret", Secret, "CREATE_FAILED", "Resource creation cancelled"),
                Of("Master", Instance, "CREATE_FAILED", reason),
                Of("Workers", Group, "CREATE_FAILED", "Resource creation cancelled")], "The following resource(s) failed to create: [Master, Workers, Secret]. Delete requested by user."),
        ],
        [true]);

    /// <summary>Its first machine is there and boots, until <paramref name="making"/> goes on.</summary>
    /// <param name="machine">The machine's id.</param>
    /// <param name="making">Takes further steps.</param>
    public static StackScript Booting(string machine, out List<StackStep> making) =>
        new(making = [new("CREATE_IN_PROGRESS", [new("Master", Instance, "CREATE_IN_PROGRESS", "Resource creation Initiated", machine)])], [true]);

    /// <summary>The first machine said that it failed.</summary>
    public static StackStep BootFailure { get; } = new("DELETE_IN_PROGRESS",
        [Of("Master", Instance, "CREATE_FAILED", "Received 1 FAILURE signal(s) out of 1.  Unable to satisfy 100% MinSuccessfulInstancesPercent requirement")]);

    /// <summary>Many things happen in it.</summary>
    public static StackScript Busy(int events) => new(
        [
            new("CREATE_IN_PROGRESS", [.. Enumerable.Range(0, events).Select(at => Of($"Resource{at}", "AWS::S3::Bucket", "CREATE_COMPLETE"))]),
            new("CREATE_COMPLETE", []),
        ],
        [true]);

    /// <summary>Likewise, and deleting fails some times.</summary>
    public StackScript ThenDeletes(params bool[] deletions) => this with { Deletions = deletions };

    private static StackHappening Of(string resource, string type, string status, string? reason = null) => new(resource, type, status, reason);
}

/// <summary>A stack's status, and what happened before it had it.</summary>
internal sealed record StackStep(string Status, IReadOnlyList<StackHappening> Happenings, string? Reason = null);

/// <summary>Something that happened to a resource.</summary>
internal sealed record StackHappening(string Resource, string Type, string Status, string? Reason, string Id = "");
