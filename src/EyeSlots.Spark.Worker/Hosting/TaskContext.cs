namespace EyeSlots.Spark.Worker;

/// <summary>Which task of which stage a function runs in. Tests of a function make one with the values they need.</summary>
public sealed record TaskContext
{
    /// <summary>The partition within its stage, from 0.</summary>
    public int PartitionId { get; init; }

    /// <summary>The stage, from 0.</summary>
    public int StageId { get; init; }

    /// <summary>How often this partition was tried before, from 0. Begins again where Spark repeats a whole stage.</summary>
    public int AttemptNumber { get; init; }

    /// <summary>Unique in the Spark application, unlike stage, partition and attempt together.</summary>
    public long TaskAttemptId { get; init; }

    /// <summary>The processors that Spark reserved for the task; 1 unless <c>spark.task.cpus</c> says more.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>The folder with the session's files and archives on this executor.</summary>
    public string FilesDirectory { get; init; } = "";

    /// <summary>The task's local properties, among them every session conf whose name begins with <c>spark</c>.</summary>
    public IReadOnlyDictionary<string, string> LocalProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>Addresses by resource, for example of GPUs.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Resources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Writes a line to the executor's log, with stage, partition and attempt. Safe from several threads.</summary>
    public Action<string> Log { get; init; } = static _ => { };
}
