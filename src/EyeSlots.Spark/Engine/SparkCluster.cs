using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Core;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>A session on a cluster to which our worker has been uploaded: its tasks can run our functions. Nothing is installed there.</summary>
public sealed partial class SparkCluster : IAsyncDisposable
{
    private SparkCluster(SparkSession session, double seconds, int? cores) => (Session, SessionSeconds, Cores) = (session, seconds, cores);

    /// <summary>The session.</summary>
    public SparkSession Session { get; }

    /// <summary>How long connecting and uploading took.</summary>
    public double SessionSeconds { get; }

    /// <summary>Tasks that run at a time, as far as Spark says: executors may come and go. Null where it does not say.</summary>
    public int? Cores { get; }

    /// <summary>Connects, applies the settings and uploads the worker.</summary>
    /// <exception cref="EyeSlotsException">The cluster cannot be used; says why.</exception>
    public static async Task<SparkCluster> OpenAsync(SparkEngineOptions options, CancellationToken cancellation)
    {
        options.Validated();
        var started = options.Session.Time.GetTimestamp();
        await using var worker = PackedWorker.Open(options.WorkerArchive);
        var session = await SparkFailures.TranslateAsync(() => ConnectAsync(options, cancellation)).ConfigureAwait(false);
        try
        {
            return await SparkFailures.TranslateAsync(() => PrepareAsync(session, worker, options, started, cancellation)).ConfigureAwait(false);
        }
        catch
        {
            await session.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the session. Executors delete its files with their own folder; our worker ends there when it has been idle.</summary>
    public ValueTask DisposeAsync() => Session.DisposeAsync();

    private static Task<SparkSession> ConnectAsync(SparkEngineOptions options, CancellationToken cancellation)
    {
        var builder = SparkSession.Builder().Remote(options.Remote).Options(options.Session with { ProtocolLevel = options.ProtocolLevel });
        foreach (var (name, value) in SessionSettings.All) builder = builder.Config(name, value);
        return builder.GetOrCreateAsync(cancellation);
    }

    private static async Task<SparkCluster> PrepareAsync(
        SparkSession session, PackedWorker worker, SparkEngineOptions options, long started, CancellationToken cancellation)
    {
        var cores = CoresAsync(session, options.MostRows, cancellation);
        await Task.WhenAll(cores, SendAsync(session, worker, options.Credentials, cancellation)).ConfigureAwait(false);
        return new(session, options.Session.Time.GetElapsedTime(started).TotalSeconds, await cores.ConfigureAwait(false));
    }

    /// <summary>
    /// A range has as many partitions as the cluster has cores, unless a setting says otherwise, which is made when this is known. Its plan
    /// says how many, and runs nothing.
    /// </summary>
    private static async Task<int?> CoresAsync(SparkSession session, int mostRows, CancellationToken cancellation)
    {
        var plan = await session.SqlAsync("EXPLAIN SELECT id FROM range(1000000)", cancellation: cancellation).ConfigureAwait(false);
        int? cores = null;
        await foreach (var row in plan.CollectAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            if (Splits().Match(row.GetAs<string>(0) ?? "") is { Success: true } found) cores = int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        }

        await session.Conf.SetAsync(SessionSettings.TasksOfAQuery, mostRows.ToString(CultureInfo.InvariantCulture), cancellation).ConfigureAwait(false);
        return cores;
    }

    [GeneratedRegex(@"Range \(.*splits=(\d+)\)")]
    private static partial Regex Splits();

    private static async Task SendAsync(SparkSession session, PackedWorker worker, RemoteCredentials? credentials, CancellationToken cancellation)
    {
        await foreach (var (name, content) in worker.FilesAsync(cancellation).ConfigureAwait(false))
            await session.AddArtifactAsync("files/" + name, content, cancellation).ConfigureAwait(false);
        if (credentials is null) return;
        var (file, key) = credentials.Seal();
        await session.AddArtifactAsync("files/" + SessionSettings.SealedCredentials, file, cancellation).ConfigureAwait(false);
        await session.Conf.SetAsync(SessionSettings.CredentialsKey, key, cancellation).ConfigureAwait(false);
    }
}
