using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Spark.Tests.Engine;

/// <summary>
/// Spark 4.1.4 with two workers, where every task may run twice: speculation starts a second attempt of whatever lasts longer than
/// the shortest. All events are logged, and the driver shows its web interface.
/// </summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private readonly string events = Directory.CreateTempSubdirectory("eyeslots-events-").FullName;

    internal StandaloneCluster Cluster { get; private set; } = null!;

    internal string Events => events;

    internal SparkUserInterface UserInterface { get; } = new(SparkServer.FreePort());

    public async ValueTask InitializeAsync() => Cluster = await StandaloneCluster.StartAsync("4.1.4", new()
    {
        Settings = new Dictionary<string, string>(UserInterface.Settings)
        {
            ["spark.speculation"] = "true", ["spark.speculation.interval"] = "50ms", ["spark.speculation.multiplier"] = "1.01",
            ["spark.speculation.quantile"] = "0.1", ["spark.speculation.minTaskRuntime"] = "1ms",
            ["spark.eventLog.enabled"] = "true", ["spark.eventLog.dir"] = events, ["spark.eventLog.compress"] = "false",
        },
    });

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Directory.Delete(events, recursive: true);
    }
}

[CollectionDefinition(nameof(ClusterFixture))]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>;
