using System.Globalization;
using System.Security.Cryptography;
using EyeSlots.Core;
using EyeSlots.Core.Planning.Remote;
using EyeSlots.Spark.Connect;

namespace EyeSlots.Spark.Engine;

/// <summary>A session on a cluster to which our worker has been uploaded: its tasks can run our functions. Nothing is installed there.</summary>
public sealed class SparkCluster : IAsyncDisposable
{
    /// <summary>Where an archive named <c>#env</c> is unpacked, seen from a task's working folder.</summary>
    private const string Executable = "env/worker";

    private SparkCluster(SparkSession session, double seconds) => (Session, SessionSeconds) = (session, seconds);

    /// <summary>The session.</summary>
    public SparkSession Session { get; }

    /// <summary>How long connecting and uploading took.</summary>
    public double SessionSeconds { get; }

    /// <summary>Connects, applies the settings and uploads the worker.</summary>
    /// <exception cref="EyeSlotsException">The cluster cannot be used; says why.</exception>
    public static async Task<SparkCluster> OpenAsync(SparkEngineOptions options, CancellationToken cancellation)
    {
        var time = options.Session.Time;
        var started = time.GetTimestamp();
        var archive = await ReadAsync(options.WorkerArchive, cancellation).ConfigureAwait(false);
        var session = await SparkFailures.TranslateAsync(() => ConnectAsync(options, cancellation)).ConfigureAwait(false);
        try
        {
            // The name is the content's: Spark refuses other bytes under a name that it knows.
            var name = $"archives/worker-{Convert.ToHexStringLower(SHA256.HashData(archive))[..16]}.tar.gz#env";
            await SparkFailures.TranslateAsync(() => UploadAsync(session, name, archive, cancellation)).ConfigureAwait(false);
            if (options.Credentials is { } credentials) await SparkFailures.TranslateAsync(() => SendAsync(session, credentials, cancellation)).ConfigureAwait(false);
            return new(session, time.GetElapsedTime(started).TotalSeconds);
        }
        catch
        {
            await session.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the session. Executors delete its files with their own folder; our worker ends there when it has been idle.</summary>
    public ValueTask DisposeAsync() => Session.DisposeAsync();

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EyeSlotsException(ErrorCodes.SparkFailed, $"The packed worker cannot be read: {error.Message} './eyeslots' builds it when a command first needs it.", error);
        }
    }

    private static Task<SparkSession> ConnectAsync(SparkEngineOptions options, CancellationToken cancellation)
    {
        var builder = SparkSession.Builder().Remote(options.Remote)
            .Options(options.Session with { ProtocolLevel = options.ProtocolLevel })
            .Config("spark.sql.execution.pyspark.python", Executable)
            .Config("spark.sql.execution.arrow.useLargeVarTypes", "false")

            // As many partitions as rows, up to this: each row becomes a task of its own, in one stage and without a shuffle.
            .Config("spark.sql.leafNodeDefaultParallelism", options.MostSlices.ToString(CultureInfo.InvariantCulture));
        return builder.GetOrCreateAsync(cancellation);
    }

    private static async Task<bool> SendAsync(SparkSession session, RemoteCredentials credentials, CancellationToken cancellation)
    {
        var (file, key) = credentials.Seal();
        await session.AddArtifactAsync("files/" + RemoteCredentials.FileName, file, cancellation).ConfigureAwait(false);
        await session.Conf.SetAsync(RemoteCredentials.KeySetting, key, cancellation).ConfigureAwait(false);
        return true;
    }

    private static async Task<bool> UploadAsync(SparkSession session, string name, byte[] archive, CancellationToken cancellation)
    {
        await session.AddArtifactAsync(name, archive, cancellation).ConfigureAwait(false);
        return true;
    }
}
