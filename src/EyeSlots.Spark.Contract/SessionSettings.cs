namespace EyeSlots.Spark.Contract;

/// <summary>What a session is told besides its queries, and where executors find what travels with it.</summary>
public static class SessionSettings
{
    /// <summary>The program among the worker's files (<c>build/pack-worker.sh</c>), which lie in a task's working folder. Spark makes them executable.</summary>
    public const string Program = "worker";

    /// <summary>The setting that holds the key of <see cref="SealedCredentials"/>: a name that Spark hides in configurations and plans.</summary>
    public const string CredentialsKey = "spark.eyeslots.s3.secret";

    /// <summary>The sealed credentials' name among the session's files.</summary>
    public const string SealedCredentials = "eyeslots-credentials";

    /// <summary>The setting that names the library which belongs to the worker, with its hash (<see cref="LibraryParts"/>).</summary>
    public const string Library = "spark.eyeslots.library";

    /// <summary>As many partitions as rows, up to this: each row becomes a task of its own, in one stage and without a shuffle.</summary>
    public const string TasksOfAQuery = "spark.sql.leafNodeDefaultParallelism";

    /// <summary>Settings of every session, in effect before its first query.</summary>
    /// <remarks>Our queries have rows in the hundreds: compiling code for them, in the driver and in each executor, costs more than they do.</remarks>
    public static IReadOnlyList<(string Name, string Value)> All { get; } =
    [
        ("spark.sql.execution.pyspark.python", $"./{Program}"),
        ("spark.sql.execution.arrow.useLargeVarTypes", "false"),
        ("spark.sql.codegen.factoryMode", "NO_CODEGEN"),
        ("spark.sql.codegen.wholeStage", "false"),
    ];
}
