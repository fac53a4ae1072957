using System.Text.Json.Serialization.Metadata;
using EyeSlots.Spark.Worker.Daemon;

namespace EyeSlots.Spark.Worker;

/// <summary>
/// Makes a program the worker that Spark starts in Python's place: register functions by name, then return
/// <see cref="RunAsync"/>'s result from <c>Main</c>. The session's <c>spark.sql.execution.pyspark.python</c> leads Spark to the
/// program. Registration is not safe from several threads.
/// </summary>
/// <remarks>
/// One process serves all tasks of a session on an executor, a thread for each. It ends when Spark closes its standard input,
/// or after 30 seconds without a connection; <c>EYESLOTS_SPARK_WORKER_IDLE_SECONDS</c> (1 to 86400) sets another time.
/// </remarks>
/// <example>
/// <code>
/// return await WorkerHost.Create()
///     .Add&lt;Echo&gt;("echo")
///     .Add("scale", SampleJson.Default.Scaling, scaling => new Scale(scaling))
///     .RunAsync(args);
/// </code>
/// </example>
public sealed class WorkerHost
{
    private readonly FunctionTable functions = new();

    private WorkerHost()
    {
    }

    /// <summary>A host without functions.</summary>
    public static WorkerHost Create() => new();

    /// <summary>Adds a function without parameters.</summary>
    /// <param name="name">The name that the client calls it by; case matters.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public WorkerHost Add<TFunction>(string name) where TFunction : IArrowFunction, new()
    {
        functions.Add(name, static _ => new TFunction());
        return this;
    }

    /// <summary>Adds a function with parameters, which the client sends as JSON.</summary>
    /// <param name="name">The name that the client calls it by; case matters.</param>
    /// <param name="parameters">How the parameters are read, from a source-generated <c>JsonSerializerContext</c>.</param>
    /// <param name="create">Makes the function of one task. Called on several threads at once.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public WorkerHost Add<TParameters>(string name, JsonTypeInfo<TParameters> parameters, Func<TParameters, IArrowFunction> create)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(create);
        functions.Add(name, json => create(FunctionCall.ReadParameters(name, json, parameters)));
        return this;
    }

    /// <summary>Serves Spark until it is gone or has been silent for the idle time.</summary>
    /// <param name="args">The arguments of <c>Main</c>, as Spark gave them.</param>
    /// <param name="cancellation">Ends the worker early, and with it all tasks.</param>
    /// <returns>The program's exit code: 0, or 2 where Spark did not start this program as a daemon; standard error says why.</returns>
    public Task<int> RunAsync(string[] args, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        return WorkerProcess.RunAsync(
            args, Environment.GetEnvironmentVariable, StandardStreams.Open(), functions.Create, TimeProvider.System, cancellation);
    }
}
