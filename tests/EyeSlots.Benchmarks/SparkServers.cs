using EyeSlots.Spark.Tests.Servers;

namespace EyeSlots.Benchmarks;

/// <summary>Spark as its users start it: the tests' servers without the settings that spare tests a wait.</summary>
internal static class SparkServers
{
    private static SparkServerOptions Settings { get; } = new()
    {
        // Spark 4.3 lets nobody in without one; others ignore it.
        Token = "benchmark",
        JavaFlags = "",
        Settings = new Dictionary<string, string> { ["spark.connect.progress.reportInterval"] = "2s" },
    };

    /// <summary>A Connect server on two local cores.</summary>
    public static Task<SparkServer> StartAsync(Options options) => SparkServer.StartAtAsync(Home(options), Settings);

    /// <summary>A cluster with so many executors of one core, whose JVMs all get the flags, each in what the launcher says and with these variables.</summary>
    public static Task<StandaloneCluster> StartClusterAsync(
        Options options, int executors, string flags = "", Func<int, IReadOnlyList<string>>? launcher = null, IReadOnlyDictionary<string, string>? environment = null) =>
        StandaloneCluster.StartAtAsync(
            Home(options), Settings with { JavaFlags = flags, Environment = environment ?? new Dictionary<string, string>() }, executors, launcher);

    /// <summary>A short run: the JVMs have loaded what a run needs, and the program and its worker are built.</summary>
    public static void Warm(Options options, params string[] remotes)
    {
        using var scratch = new Scratch();
        var few = RepeatedFaces.Few(options.Data, scratch);
        foreach (var remote in remotes) EyeSlotsRun.OnSpark(few, options.Data, remote);
    }

    private static string Home(Options options) => Path.GetFullPath(options.SparkHome);
}
