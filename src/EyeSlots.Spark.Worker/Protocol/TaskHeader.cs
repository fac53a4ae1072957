namespace EyeSlots.Spark.Worker.Protocol;

/// <summary>Everything that Spark sends before the Arrow stream of a task and that a function may ask for.</summary>
internal sealed record TaskHeader
{
    /// <summary>The index of the partition within the operator that runs the function.</summary>
    internal required int Split { get; init; }

    internal required TaskIdentity Task { get; init; }

    internal required string FilesDirectory { get; init; }

    internal required IReadOnlyDictionary<string, string> RunnerConf { get; init; }

    /// <summary>The client's bytes, unread.</summary>
    internal required ReadOnlyMemory<byte> Command { get; init; }
}

/// <summary>Which task of the application this is.</summary>
internal sealed record TaskIdentity
{
    internal required int StageId { get; init; }

    internal required int PartitionId { get; init; }

    internal required int AttemptNumber { get; init; }

    /// <summary>The only one of these numbers that is unique in the application.</summary>
    internal required long TaskAttemptId { get; init; }

    internal required int Cpus { get; init; }

    /// <summary>Addresses by resource, for example of GPUs.</summary>
    internal required IReadOnlyDictionary<string, IReadOnlyList<string>> Resources { get; init; }

    internal required IReadOnlyDictionary<string, string> LocalProperties { get; init; }
}
