namespace EyeSlots.Spark.Connect;

/// <summary>How far an operation is, as the server reports it (4.0 and later) every <c>spark.connect.progress.reportInterval</c>.</summary>
/// <param name="Stages">The stages known so far; later ones are added as Spark plans them.</param>
/// <param name="InFlightTasks">Tasks that run now.</param>
public sealed record SparkProgress(IReadOnlyList<StageProgress> Stages, long InFlightTasks)
{
    /// <summary>Tasks of all stages known so far.</summary>
    public long Tasks => Stages.Sum(stage => stage.Tasks);

    /// <summary>Tasks that ended well.</summary>
    public long CompletedTasks => Stages.Sum(stage => stage.CompletedTasks);

    internal static SparkProgress From(Protocol.ExecutePlanResponse.Types.ExecutionProgress progress) => new(
        [.. progress.Stages.Select(s => new StageProgress(s.StageId, s.NumTasks, s.NumCompletedTasks, s.InputBytesRead, s.Done))],
        progress.NumInflightTasks);
}

/// <summary>One stage of an operation.</summary>
/// <param name="Id">Spark's number for the stage.</param>
/// <param name="Tasks">Tasks of the stage.</param>
/// <param name="CompletedTasks">Tasks that ended well.</param>
/// <param name="InputBytes">Bytes read from files.</param>
/// <param name="IsDone">Whether the stage has ended.</param>
public sealed record StageProgress(long Id, long Tasks, long CompletedTasks, long InputBytes, bool IsDone);
