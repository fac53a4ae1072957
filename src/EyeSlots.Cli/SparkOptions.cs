using System.CommandLine;
using EyeSlots.Core;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;
using EyeSlots.Spark.Engine;
using EyeSlots.Storage.S3;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Cli;

/// <summary>Options that lead to a Spark cluster.</summary>
internal static class SparkOptions
{
    /// <summary>The server's address in the environment, where process lists do not show its token.</summary>
    public const string RemoteVariable = "SPARK_REMOTE";

    /// <summary>Where the packed worker lies; <c>./eyeslots</c> sets it.</summary>
    public const string WorkerVariable = "EYESLOTS_SPARK_WORKER";

    public static readonly Option<string?> Remote = new("--remote")
    {
        Description = $"The cluster's Spark Connect server (also {RemoteVariable}, which hides a token)", HelpName = "sc://HOST:PORT",
    };

    public static readonly Option<int?> Level = new("--spark-level")
    {
        Description = "Take a Spark of unknown version for one of these", HelpName = string.Join('|', SparkVersions.Known.Values),
    };

    public static readonly Option<bool> SendCredentials = new("--send-credentials")
    {
        Description = "Send this machine's S3 credentials to the executors, sealed; otherwise they use their own",
    };

    /// <summary>Demands that none of these options is given where no cluster is asked for: it would be passed over in silence.</summary>
    /// <exception cref="EyeSlotsException">usage: names the option and what it needs.</exception>
    public static void RequireNone(ParseResult parsed, string needs)
    {
        foreach (var option in (Option[])[Remote, Level, SendCredentials])
            Require.That(!parsed.CommandResult.IsGiven(option), $"{option.Name} needs {needs}.");
    }

    /// <summary>The server that the command line or the environment names; null where neither does.</summary>
    public static string? RemoteOf(ParseResult parsed) =>
        parsed.GetValue(Remote) ?? (Environment.GetEnvironmentVariable(RemoteVariable) is { Length: > 0 } remote ? remote : null);

    /// <summary>The cluster that the command line names.</summary>
    /// <exception cref="EyeSlotsException">None is named: usage; or there are no credentials to send.</exception>
    public static async Task<SparkEngineOptions> OfAsync(ParseResult parsed, Session session)
    {
        var remote = RemoteOf(parsed) ?? throw new EyeSlotsException(ErrorCodes.Usage, $"--engine spark needs a server: --remote sc://HOST:PORT, or {RemoteVariable} in the environment.");
        var options = (Of(remote) with { ProtocolLevel = parsed.GetValue(Level) }).Validated();
        return parsed.GetValue(SendCredentials) ? options with { Credentials = await CredentialsAsync(session) } : options;
    }

    /// <summary>A cluster with nothing but an address.</summary>
    public static SparkEngineOptions Of(string remote) => new() { Remote = remote, WorkerArchive = WorkerArchive };

    /// <summary>The server's address without its token.</summary>
    public static string AddressOf(SparkEngineOptions spark) => ConnectionString.Parse(spark.Remote).ToString();

    /// <summary>How executors reach the same S3, as far as it is no secret. Folders alone need no settings.</summary>
    public static RemoteStorage StorageOf(Session session, params IEnumerable<string?> roots)
    {
        if (!StoreOptions.AnyOnS3(roots)) return new();
        var s3 = session.Stores.S3.ForOtherMachines;
        return new(s3.Endpoint, s3.Region, s3.RequesterPays, s3.Connections);
    }

    /// <summary>The packed worker that travels to executors.</summary>
    public static string WorkerArchive =>
        Environment.GetEnvironmentVariable(WorkerVariable) is { Length: > 0 } path ? path : Path.Combine(AppContext.BaseDirectory, "worker.tar");

    private static async Task<RemoteCredentials> CredentialsAsync(Session session)
    {
        var found = await S3Credentials.FindAsync(session.Stores.S3);
        if (!found.IsShortLived) session.Log.LogWarning("The credentials sent to the executors do not end by themselves; short-lived ones (a session token) are safer.");
        return new(found.AccessKey, found.Secret, found.Token);
    }
}
