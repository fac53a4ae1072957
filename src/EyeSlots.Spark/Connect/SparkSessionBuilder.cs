using EyeSlots.Spark.Connect.Protocol;
using EyeSlots.Spark.Connect.Transport;

namespace EyeSlots.Spark.Connect;

/// <summary>Collects what a session needs. Each call adds to this builder and returns it.</summary>
public sealed class SparkSessionBuilder
{
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal)
    {
        // A cluster that compresses by default would send batches that Arrow cannot read without another package.
        ["spark.sql.execution.arrow.compression.codec"] = "none",
    };

    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private ConnectionString? remote;
    private SparkSessionOptions options = new();

    internal SparkSessionBuilder()
    {
    }

    /// <summary>Where the server is: <c>sc://host:port/;key=value;…</c>, see <see cref="ConnectionString"/>.</summary>
    /// <exception cref="SparkConnectionException">The text is malformed.</exception>
    public SparkSessionBuilder Remote(string connectionString) => Remote(ConnectionString.Parse(connectionString));

    /// <summary>Where the server is.</summary>
    public SparkSessionBuilder Remote(ConnectionString connection)
    {
        remote = connection;
        return this;
    }

    /// <summary>Sets a key of the session's <see cref="SparkSession.Conf"/>.</summary>
    public SparkSessionBuilder Config(string key, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        (settings[key], _) = (value, asked.Add(key));
        return this;
    }

    /// <summary>How to wait, retry and send.</summary>
    /// <exception cref="ArgumentException">A value outside its range.</exception>
    public SparkSessionBuilder Options(SparkSessionOptions value)
    {
        value.Validate();
        options = value;
        return this;
    }

    /// <summary>As <see cref="GetOrCreateAsync"/>, blocking this thread.</summary>
    public SparkSession GetOrCreate() => GetOrCreateAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Connects, asks the version, and applies the settings: to the server's session of that id where the connection string names
    /// one, else to a new session. The caller stops or disposes it.
    /// </summary>
    /// <exception cref="SparkConnectionException">There is no server, or it does not let us in.</exception>
    /// <exception cref="SparkVersionException">The server's version is not known.</exception>
    /// <exception cref="SparkException">A setting is refused.</exception>
    public async Task<SparkSession> GetOrCreateAsync(CancellationToken cancellation = default)
    {
        var session = await ConnectAsync(
            remote ?? throw new SparkConnectionException("No server is named; call Remote(\"sc://host:port\")."), cancellation).ConfigureAwait(false);
        try
        {
            await ApplyAsync(session.Conf, cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<SparkSession> ConnectAsync(ConnectionString connection, CancellationToken cancellation)
    {
        var client = new SparkConnectClient(connection, options);
        try
        {
            var version = await VersionAsync(client, cancellation).ConfigureAwait(false);
            return new(client, version, options.ProtocolLevel ?? SparkVersions.LevelOf(version));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private async Task ApplyAsync(RuntimeConfig conf, CancellationToken cancellation)
    {
        await conf.SetAllAsync(settings.Where(pair => !asked.Contains(pair.Key)), true, cancellation).ConfigureAwait(false);
        if (asked.Count > 0) await conf.SetAllAsync(settings.Where(pair => asked.Contains(pair.Key)), false, cancellation).ConfigureAwait(false);
    }

    private async Task<string> VersionAsync(SparkConnectClient client, CancellationToken cancellation)
    {
        var request = new AnalyzePlanRequest { SparkVersion = new() };
        var response = await client.CallOnceAsync(
            request, static (service, r, o) => service.AnalyzePlanAsync(r, o), options.ConnectTimeout * 3, cancellation).ConfigureAwait(false);
        return response.SparkVersion.Version;
    }
}
