namespace EyeSlots.Spark.Tests.Servers;

/// <summary>A master, workers of one core, and a Connect server on them: executors are processes of their own.</summary>
internal sealed class StandaloneCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<IAsyncDisposable> parts = [];
    private readonly List<ProcessGroup> workers = [];
    private readonly string folder = Directory.CreateTempSubdirectory("eyeslots-cluster-").FullName;

    private readonly string home;
    private readonly Func<int, IReadOnlyList<string>> launcher;
    private SparkServerOptions options;

    private StandaloneCluster(string home, SparkServerOptions options, Func<int, IReadOnlyList<string>>? launcher) =>
        (this.home, this.options, this.launcher) = (home, options, launcher ?? (_ => []));

    /// <summary>What all parts wrote, executors included.</summary>
    public string Folder => folder;

    /// <summary>The driver, to connect to.</summary>
    public SparkServer Server { get; private set; } = null!;

    /// <summary>Each with the executor that it started, in its process group.</summary>
    public IReadOnlyList<ProcessGroup> Workers => workers;

    /// <summary>Starts all parts and waits until they are up.</summary>
    public static Task<StandaloneCluster> StartAsync(string version, SparkServerOptions? options = null, int workerCount = 2) =>
        StartAtAsync(Tools.Spark(version), options, workerCount);

    /// <summary>Likewise, from a SPARK_HOME.</summary>
    /// <param name="home">The SPARK_HOME.</param>
    /// <param name="options">Of all parts.</param>
    /// <param name="workerCount">How many workers, each with one executor of one core.</param>
    /// <param name="launcher">Words before a worker's command, by its number, for what it and its executor shall run in.</param>
    public static async Task<StandaloneCluster> StartAtAsync(string home, SparkServerOptions? options = null, int workerCount = 2, Func<int, IReadOnlyList<string>>? launcher = null)
    {
        var cluster = new StandaloneCluster(home, options ?? new(), launcher);
        try
        {
            await cluster.StartPartsAsync(workerCount);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the driver by SIGKILL and starts another at the same address, which knows nothing of the first one's sessions.</summary>
    public async Task RestartServerAsync()
    {
        parts.Remove(Server);
        await Server.DisposeAsync();
        await StartServerAsync(options with { Port = Server.Port });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(parts)) await part.DisposeAsync();
        SparkEnvironment.Delete(folder);
    }

    private async Task StartPartsAsync(int workerCount)
    {
        var master = await StartClassAsync([], "Starting Spark master at spark://", "org.apache.spark.deploy.master.Master",
            "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
        options = options with { Master = master.ReadyLine[master.ReadyLine.IndexOf("spark://", StringComparison.Ordinal)..] };
        var starts = Enumerable.Range(0, workerCount).Select(number => StartClassAsync(launcher(number), "Successfully registered with master",
            "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "-c", "1", "-m", "1g", "--webui-port", "0", options.Master));
        workers.AddRange(await Task.WhenAll(starts));
        await StartServerAsync(options);
    }

    private async Task StartServerAsync(SparkServerOptions server)
    {
        Server = await SparkServer.StartAtAsync(home, server);
        parts.Add(Server);
    }

    private async Task<ProcessGroup> StartClassAsync(IReadOnlyList<string> before, string readyText, params string[] command)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        var process = await ProcessGroup.StartAsync(
            [.. before, Path.Combine(home, "bin", "spark-class"), .. command], SparkEnvironment.Of(home, own, options), readyText, Patience);
        lock (parts) parts.Add(process);
        return process;
    }
}
