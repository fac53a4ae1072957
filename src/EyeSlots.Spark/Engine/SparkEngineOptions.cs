using EyeSlots.Core;
using EyeSlots.Spark.Connect;
using EyeSlots.Spark.Contract;

namespace EyeSlots.Spark.Engine;

/// <summary>Which cluster, and what travels to it.</summary>
public sealed record SparkEngineOptions
{
    /// <summary>The Connect server: <c>sc://host:port/;token=…</c>. Never shown whole, because of the token.</summary>
    public required string Remote { get; init; }

    /// <summary>The packed worker, <c>worker.tar</c>.</summary>
    public required string WorkerArchive { get; init; }

    /// <summary>Takes the server for one of this protocol level, whatever version it names; null asks the version.</summary>
    public int? ProtocolLevel { get; init; }

    /// <summary>S3 credentials for the executors; null leaves them to their own.</summary>
    public RemoteCredentials? Credentials { get; init; }

    /// <summary>How to wait and retry. By default a server that is gone is waited for about a minute: one that is back by then has forgotten the session.</summary>
    public SparkSessionOptions Session { get; init; } = new() { MaxTries = 7 };

    /// <summary>How often a session is asked for a sign of life while the caller plans: Spark forgets one that nobody used for an hour.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long executors may take to say that they have the worker's library before it is sent to them: longer than those of a warm cluster, shorter than the upload.</summary>
    public TimeSpan LibraryPatience { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Most rows, and so tasks, of one query. Spark plans queries of more tasks too, but its driver keeps all of them in memory.</summary>
    public int MostRows { get; init; } = 8192;

    /// <summary>Most bytes of slices in one query, unless one row has more; this process holds those of two queries.</summary>
    public int MostBytes { get; init; } = 32 << 20;

    /// <summary>Checks every value; returns this.</summary>
    /// <exception cref="EyeSlotsException">usage: says which option, what it may be and what it is.</exception>
    public SparkEngineOptions Validated()
    {
        try
        {
            ConnectionString.Parse(Remote);
        }
        catch (SparkException error)
        {
            throw new EyeSlotsException(ErrorCodes.Usage, error.Message, error);
        }

        Require.That(
            ProtocolLevel is null || SparkVersions.Known.Values.Contains(ProtocolLevel.Value),
            $"--spark-level must be one of {string.Join(", ", SparkVersions.Known.Values)}, not {ProtocolLevel}.");
        Require.That(KeepAlive > TimeSpan.Zero && KeepAlive <= TimeSpan.FromHours(1), $"A session must be kept alive each second to hour, not each {KeepAlive}.");
        Require.That(
            LibraryPatience >= TimeSpan.Zero && LibraryPatience <= TimeSpan.FromHours(1), $"Executors may take up to an hour to say what they have, not {LibraryPatience}.");
        Require.Between("The rows of a query", MostRows, 1, 1 << 20);
        Require.Between("The bytes of a query's slices", MostBytes, 1, 1 << 30);
        return this;
    }

    /// <summary>Nothing of it, because of the token and the credentials.</summary>
    public override string ToString() => nameof(SparkEngineOptions);
}
