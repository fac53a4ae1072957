using EyeSlots.Core;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Engine;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Cli.Commands;

/// <summary>The job on a Spark cluster.</summary>
internal static class SparkRun
{
    /// <summary>Opens a session, runs the job and ends the session.</summary>
    public static async Task<PreprocessSummary> RunAsync(
        Session session, PreprocessOptions options, SparkEngineOptions spark, string images, string output, int memory, CancellationToken cancellation)
    {
        var (from, to) = (session.Open(images), session.Open(output));
        return await ProgressView.RunAsync(session, async steps =>
        {
            steps.Report(new($"connecting to {SparkOptions.AddressOf(spark)} and uploading the worker", 0));
            await using var cluster = await SparkCluster.OpenAsync(spark, cancellation);
            session.Log.LogInformation("Spark {Version}, session {Session}.", cluster.Session.Version, cluster.Session.SessionId);
            var job = new RemoteJob
            {
                Images = images, Output = output, Parameters = options.Parameters, Force = options.Force,
                MemoryBytes = (long)memory << 20, Storage = SparkOptions.StorageOf(session),
            };
            var progress = new JobSteps(steps);
            var engine = new SparkEngine(cluster, spark, job, to, progress);
            var summary = await new PreprocessRun(session.Stores, from, to, engine, session.Time, session.Log).RunAsync(options, progress, cancellation);
            return summary with { SessionSeconds = Math.Round(cluster.SessionSeconds, 3) };
        });
    }

    /// <summary>Likewise, on a server that is started from SPARK_HOME and stopped again.</summary>
    /// <exception cref="EyeSlotsException">SPARK_HOME is not set: usage.</exception>
    public static async Task<PreprocessSummary> RunOnOwnServerAsync(
        Session session, PreprocessOptions options, string images, string output, int memory, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable("SPARK_HOME") is not { Length: > 0 } home)
            throw new EyeSlotsException(ErrorCodes.Usage, "--engine spark starts a Spark server of its own, so SPARK_HOME must name a Spark 4.0 or later.");
        session.Say($"   Starting a Spark Connect server from {home}");
        await using var server = await LocalConnectServer.StartAsync(home, cancellation);
        return await RunAsync(session, options, SparkOptions.Of(server.Remote), images, output, memory, cancellation);
    }
}
