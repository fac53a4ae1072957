using EyeSlots.Core;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Engine;

namespace EyeSlots.Cli.Commands;

/// <summary>The job on a Spark cluster.</summary>
internal static class SparkRun
{
    /// <summary>The Spark of this machine.</summary>
    /// <exception cref="EyeSlotsException">SPARK_HOME is not set: usage.</exception>
    public static string Home => Environment.GetEnvironmentVariable("SPARK_HOME") is { Length: > 0 } home
        ? home
        : throw new EyeSlotsException(ErrorCodes.Usage, "--engine spark starts a Spark server of its own, so SPARK_HOME must name a Spark 4.0 or later.");

    /// <summary>Opens a session, runs the job and ends the session.</summary>
    public static Task<PreprocessSummary> RunAsync(Session session, PreprocessOptions options, SparkEngineOptions spark, CancellationToken cancellation)
    {
        var storage = SparkOptions.StorageOf(session, options.Images.ToString(), options.Output.ToString());
        return ShownRun.RunAsync(session, options, steps => new SparkEngines(spark, storage, session.Log, steps), SparkOptions.AddressOf(spark), cancellation);
    }

    /// <summary>Likewise, on a server that is started from SPARK_HOME and stopped again.</summary>
    /// <exception cref="EyeSlotsException">SPARK_HOME is not set: usage.</exception>
    public static async Task<PreprocessSummary> RunOnOwnServerAsync(Session session, PreprocessOptions options, CancellationToken cancellation)
    {
        session.Say($"   Starting a Spark Connect server from {Home}");
        await using var server = await LocalConnectServer.StartAsync(Home, cancellation);
        return await RunAsync(session, options, SparkOptions.Of(server.Remote), cancellation);
    }
}
