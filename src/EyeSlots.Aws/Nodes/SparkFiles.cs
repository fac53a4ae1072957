using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>Spark on this machine: its folder, its Java, its settings with the secret, and the commands that start its daemons.</summary>
/// <param name="folder">Where all of it lies.</param>
/// <param name="address">This machine's address.</param>
internal sealed class SparkFiles(NodeFolder folder, string address)
{
    /// <summary>Spark's own port of a master, the port of its pages, that of a worker's pages, and of Connect.</summary>
    public const int MasterPort = 7077, MasterPagesPort = 8080, WorkerPagesPort = 8081, ConnectPort = 15002;

    private const string Defaults = "spark-defaults.conf";

    // What is not encrypted here, the instances encrypt between themselves (believed: c6i, c7i, c6a and c7a do so within a network).
    private const string Settings = """
        spark.authenticate true
        spark.authenticate.secret {0}
        spark.network.crypto.enabled false
        spark.master.rest.enabled false
        spark.decommission.enabled true
        spark.storage.decommission.enabled true
        spark.connect.grpc.binding.address 127.0.0.1
        spark.connect.grpc.binding.port 15002
        spark.driver.host {1}
        spark.driver.bindAddress {1}
        spark.ui.enabled false
        spark.ui.killEnabled false
        spark.executor.memory 2g
        spark.worker.cleanup.enabled false
        spark.sql.warehouse.dir {2}/warehouse

        """;

    /// <summary>Where this machine's master listens.</summary>
    public string MasterAddress => $"spark://{address}:{MasterPort}";

    /// <summary>Writes the settings, for root and Spark's user alone.</summary>
    public async Task WriteAsync(string secret, INodeProcesses processes)
    {
        if (secret.Length < 16 || secret.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new EyeSlotsException(ErrorCodes.ClusterBoot, "the stack's secret is no text of 16 printable letters or more");
        var file = Path.Combine(folder.Configuration, Defaults);
        var settings = string.Format(null, Settings, secret, address, folder.Work);

        // Its folder is closed to others already.
        await File.WriteAllTextAsync(file, settings).ConfigureAwait(false);
        await NodeUser.LetReadAsync(processes, folder, file).ConfigureAwait(false);
    }

    /// <summary>The master.</summary>
    public ProcessRequest Master() => Class("master", "org.apache.spark.deploy.master.Master", "--host", address, "--port", $"{MasterPort}", "--webui-port", $"{MasterPagesPort}");

    /// <summary>A worker.</summary>
    public ProcessRequest Worker(string master) =>
        Class("worker", "org.apache.spark.deploy.worker.Worker", "--host", address, "--webui-port", $"{WorkerPagesPort}", "--work-dir", folder.Executors, master);

    /// <summary>The Connect server. Its token is in its environment alone: everybody can read arguments.</summary>
    public ProcessRequest Connect(string token) => new(
        Path.Combine(Home, "bin", "spark-submit"), ["--master", MasterAddress, "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"])
    {
        Environment = new Dictionary<string, string>(Variables) { ["SPARK_CONNECT_AUTHENTICATE_TOKEN"] = token },
        Folder = folder.Work, WithoutRights = true, Log = Path.Combine(folder.Logs, "connect.log"),
    };

    private string Home => Only(folder.Spark, "bin/spark-class");

    private Dictionary<string, string> Variables => new()
    {
        ["SPARK_HOME"] = Home, ["JAVA_HOME"] = Only(folder.Jre, "bin/java"), ["SPARK_CONF_DIR"] = folder.Configuration, ["SPARK_LOCAL_IP"] = address, ["SPARK_LOCAL_DIRS"] = folder.Work, ["HOME"] = folder.Work,
    };

    private ProcessRequest Class(string name, params string[] arguments) => new(Path.Combine(Home, "bin", "spark-class"), arguments)
    {
        Environment = Variables, Folder = folder.Work, WithoutRights = true, Log = Path.Combine(folder.Logs, name + ".log"),
    };

    // Archives hold one folder, or what would be in it.
    private static string Only(string unpacked, string file)
    {
        string[] places = [unpacked, .. Directory.EnumerateDirectories(unpacked)];
        return Array.Find(places, place => File.Exists(Path.Combine(place, file))) ?? throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{Path.GetFileName(unpacked)} was unpacked and holds no {file}");
    }
}
