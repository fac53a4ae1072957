using EyeSlots.Core;
using EyeSlots.Core.Planning;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Core.Storage;
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
    public static async Task<PreprocessSummary> RunAsync(
        Session session, PreprocessOptions options, SparkEngineOptions spark, string images, string output, CancellationToken cancellation)
    {
        var (from, to) = (session.Stores.Open(StorageAddress.Parse(images), options.FollowLinks), session.Open(output));
        var job = new RemoteJob
        {
            Images = images, Output = output, Parameters = options.Parameters, Force = options.Force, FollowLinks = options.FollowLinks,
            MemoryBytes = options.MemoryBytes, Storage = StoreOptions.OfExecutors(session, images, output),
        };
        return await ProgressView.RunAsync(session, async steps =>
        {
            await using var opening = new OpeningCluster(spark, job, session.Log, cancellation);
            var progress = new JobSteps(steps, opening.Opened, SparkOptions.AddressOf(spark));
            var engine = new SparkEngine(opening.Opened, spark, job, progress);
            var run = new PreprocessRun(session.Stores, from, to, engine, session.Time, session.Log);
            var summary = await UnlessFailingAsync(opening, () => run.RunAsync(options, progress, opening.Failing));
            return summary with { SessionSeconds = Math.Round((await opening.Opened).SessionSeconds, 3) };
        });
    }

    /// <summary>Likewise, on a server that is started from SPARK_HOME and stopped again.</summary>
    /// <exception cref="EyeSlotsException">SPARK_HOME is not set: usage.</exception>
    public static async Task<PreprocessSummary> RunOnOwnServerAsync(
        Session session, PreprocessOptions options, string images, string output, CancellationToken cancellation)
    {
        session.Say($"   Starting a Spark Connect server from {Home}");
        await using var server = await LocalConnectServer.StartAsync(Home, cancellation);
        return await RunAsync(session, options, SparkOptions.Of(server.Remote), images, output, cancellation);
    }

    /// <summary>A run that was stopped because there is no session fails with the reason why there is none.</summary>
    private static async Task<PreprocessSummary> UnlessFailingAsync(OpeningCluster opening, Func<Task<PreprocessSummary>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (opening.Opened.IsFaulted)
        {
            await opening.Opened;
            throw;
        }
    }
}
