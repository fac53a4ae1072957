using System.Globalization;
using System.Text.RegularExpressions;
using EyeSlots.Core;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>A session on a cluster to which our worker has been uploaded: its tasks can run our functions. Nothing is installed there.</summary>
public sealed partial class SparkCluster : IAsyncDisposable
{
    private readonly WorkerUpload upload;

    private SparkCluster(SparkSession session, WorkerUpload upload) => (Session, this.upload) = (session, upload);

    /// <summary>The session.</summary>
    public SparkSession Session { get; }

    /// <summary>How long connecting and uploading took, and asking executors what they have.</summary>
    public double SessionSeconds { get; private set; }

    /// <summary>Tasks that run at a time, as far as Spark says: executors may come and go. Null where it does not say.</summary>
    public int? Cores { get; private set; }

    /// <summary>Connects, applies the settings and uploads the worker, all of it.</summary>
    /// <exception cref="EyeSlotsException">The cluster cannot be used; says why.</exception>
    public static Task<SparkCluster> OpenAsync(SparkEngineOptions options, CancellationToken cancellation) => OpenAsync(options, null, cancellation);

    /// <summary>Likewise, but uploads the library only where executors do not say soon that they have it.</summary>
    /// <param name="options">Which cluster.</param>
    /// <param name="askForLibrary">Asks the executors that are there; never throws. Goes on by itself where it takes long.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    internal static async Task<SparkCluster> OpenAsync(
        SparkEngineOptions options, Func<SparkCluster, Task<bool>>? askForLibrary, CancellationToken cancellation)
    {
        options.Validated();
        var started = options.Session.Time.GetTimestamp();
        var worker = PackedWorker.Open(options.WorkerArchive);
        SparkCluster? cluster = null;
        try
        {
            var session = await SparkFailures.TranslateAsync(() => ConnectAsync(options, worker.Library, cancellation)).ConfigureAwait(false);
            cluster = new(session, new(session, worker));
            await SparkFailures.TranslateAsync(() => cluster.PrepareAsync(options, askForLibrary, cancellation)).ConfigureAwait(false);
            cluster.SessionSeconds = options.Session.Time.GetElapsedTime(started).TotalSeconds;
            return cluster;
        }
        catch
        {
            await (cluster?.DisposeAsync() ?? worker.DisposeAsync()).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Uploads what was not uploaded of the library: an executor has come that lacks it.</summary>
    internal Task SendLibraryAsync(CancellationToken cancellation) => upload.SendLibraryAsync(cancellation);

    /// <summary>Ends the session. Executors delete its files with their own folder; our worker ends there when it has been idle.</summary>
    public async ValueTask DisposeAsync()
    {
        await upload.DisposeAsync().ConfigureAwait(false);
        await Session.DisposeAsync().ConfigureAwait(false);
    }

    private static Task<SparkSession> ConnectAsync(SparkEngineOptions options, string? library, CancellationToken cancellation)
    {
        var builder = SparkSession.Builder().Remote(options.Remote).Options(options.Session with { ProtocolLevel = options.ProtocolLevel });
        foreach (var (name, value) in SessionSettings.All) builder = builder.Config(name, value);
        if (library is not null) builder = builder.Config(SessionSettings.Library, library);
        return builder.GetOrCreateAsync(cancellation);
    }

    private async Task PrepareAsync(SparkEngineOptions options, Func<SparkCluster, Task<bool>>? askForLibrary, CancellationToken cancellation)
    {
        var cores = CoresAsync(Session, options.MostRows, cancellation);
        await Task.WhenAll(cores, upload.SendProgramAsync(options.Credentials, cancellation)).ConfigureAwait(false);
        Cores = await cores.ConfigureAwait(false);
        var answer = upload.HasLibrary && askForLibrary is not null ? askForLibrary(this) : Task.FromResult(false);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(answer, Task.Delay(options.LibraryPatience, options.Session.Time, answered.Token)).ConfigureAwait(false);
        await answered.CancelAsync().ConfigureAwait(false);
        await upload.SendLibraryAsync(answer, cancellation).ConfigureAwait(false);
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
}
