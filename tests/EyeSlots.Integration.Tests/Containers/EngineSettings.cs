namespace EyeSlots.Integration.Tests.Containers;

/// <summary>The folders and files of settings of an engine of the tests' own, which shares nothing with an engine of the machine.</summary>
internal sealed class EngineSettings
{
    // Without CAP_SYS_RESOURCE limits cannot be raised, and crun refuses cgroup v1; there may be no systemd. Locks and states in the
    // folder: those of another engine on this machine must neither be used nor harmed.
    private const string Containers = """
        [containers]
        default_ulimits = ["nofile=10000:10000", "nproc=4096:4096"]
        [engine]
        runtime = "runc"
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        lock_type = "file"
        tmp_dir = "{0}/state"
        [network]
        network_backend = "netavark"
        network_config_dir = "{0}/networks"
        default_subnet_pools = [{ "base" = "10.{1}.0.0/16", "size" = 24 }]
        """;

    // Two engines on one machine see only each other's networks that are up, and would give the same addresses to two that start together.
    private const int FirstPool = 64, Pools = 64;
    private static readonly string Pool = (FirstPool + (System.Environment.ProcessId % Pools)).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private const string Storage = """
        [storage]
        driver = "overlay"
        graphroot = "{0}/graph"
        runroot = "{0}/run"
        """;

    public EngineSettings(string folder)
    {
        Folder = folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(this["containers.conf"], Containers.Replace("{0}", folder, StringComparison.Ordinal).Replace("{1}", Pool, StringComparison.Ordinal));
        File.WriteAllText(this["storage.conf"], Storage.Replace("{0}", folder, StringComparison.Ordinal));
        Environment = new Dictionary<string, string>
        {
            ["CONTAINERS_CONF"] = this["containers.conf"],
            ["CONTAINERS_STORAGE_CONF"] = this["storage.conf"],
        };
    }

    public string Folder { get; }

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>What podman and buildah need to know, to be this engine.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }
}
