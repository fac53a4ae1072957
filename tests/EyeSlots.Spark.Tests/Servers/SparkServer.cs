using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EyeSlots.Spark.Tests.Servers;

/// <summary>A real Spark Connect server of one version on a free port of this machine, with everything that it writes in a temporary folder.</summary>
internal sealed class SparkServer : IAsyncDisposable
{
    private const string Started = "Spark Connect server started at: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly ProcessGroup process;
    private readonly SparkServerOptions options;

    private SparkServer(string version, int port, string folder, SparkServerOptions options, ProcessGroup process)
    {
        (Version, Port, Folder, this.options, this.process) = (version, port, folder, options, process);
    }

    public string Version { get; }

    public int Port { get; }

    /// <summary>Its scratch space; gone at the end.</summary>
    public string Folder { get; }

    /// <summary>The connection string that lets one in.</summary>
    public string Remote => RemoteAt(Port);

    /// <summary>The driver's JVM, for measurements.</summary>
    public int ProcessId => process.ProgramId;

    /// <summary>What the server wrote, for a failing test's message.</summary>
    public string Log => process.Log;

    /// <summary>The same by way of another port, where a proxy listens.</summary>
    public string RemoteAt(int port) => string.Create(
        CultureInfo.InvariantCulture, $"sc://127.0.0.1:{port}/{(options.Token is null ? "" : $";token={options.Token}")}");

    /// <summary>Starts one and waits until it listens.</summary>
    public static Task<SparkServer> StartAsync(string version, SparkServerOptions? options = null) => StartAtAsync(Tools.Spark(version), options);

    /// <summary>Likewise, from a SPARK_HOME.</summary>
    public static async Task<SparkServer> StartAtAsync(string home, SparkServerOptions? options = null)
    {
        options ??= new();
        var version = Path.GetFileNameWithoutExtension(ConnectJar(home)).Split('-')[^1];
        var folder = Directory.CreateTempSubdirectory("eyeslots-spark-").FullName;
        try
        {
            var process = await ProcessGroup.StartAsync(
                [.. options.Launcher, .. Command(home, folder, options)], SparkEnvironment.Of(home, folder, options), Started, Patience);
            var port = int.Parse(process.ReadyLine.AsSpan(process.ReadyLine.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
            return new(version, port, folder, options, process);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Makes the server stand still, as a driver without memory does.</summary>
    public void Stop() => process.Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void Continue() => process.Signal("CONT");

    /// <summary>Ends it by SIGKILL.</summary>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        SparkEnvironment.Delete(Folder);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static List<string> Command(string home, string folder, SparkServerOptions options)
    {
        Dictionary<string, string> settings = new()
        {
            ["spark.connect.grpc.binding.address"] = "127.0.0.1",
            ["spark.connect.grpc.binding.port"] = (options.Port ?? 0).ToString(CultureInfo.InvariantCulture),
            ["spark.driver.host"] = "127.0.0.1",
            ["spark.driver.bindAddress"] = "127.0.0.1",
            ["spark.ui.enabled"] = "false",
            ["spark.sql.warehouse.dir"] = Path.Combine(folder, "warehouse"),

            // A progress report is due every two seconds; tests should not wait for it.
            ["spark.connect.progress.reportInterval"] = "100ms",
        };
        if (options.Token is not null) settings["spark.connect.authenticate.token"] = options.Token;
        foreach (var (key, value) in options.Settings) settings[key] = value;
        return
        [
            Path.Combine(home, "bin", "spark-submit"), "--master", options.Master, "--driver-memory", options.DriverMemory,
            .. settings.SelectMany(pair => (string[])["--conf", $"{pair.Key}={pair.Value}"]),
            "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
            ConnectJar(home),
        ];
    }

    private static string ConnectJar(string home) => Directory.EnumerateFiles(Path.Combine(home, "jars"), "spark-connect_*.jar").Single();
}
