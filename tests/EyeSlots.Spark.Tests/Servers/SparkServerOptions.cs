namespace EyeSlots.Spark.Tests.Servers;

/// <summary>What a test asks of a Connect server beyond its version.</summary>
internal sealed record SparkServerOptions
{
    /// <summary>Clients must send it; null lets everybody in.</summary>
    public string? Token { get; init; }

    /// <summary>Where the work runs: local threads, or a cluster's address.</summary>
    public string Master { get; init; } = "local[2]";

    /// <summary>Where it listens; null takes a free port.</summary>
    public int? Port { get; init; }

    /// <summary>The server's heap. A driver that runs out of it may hang without an error, and the long run sends much at once.</summary>
    public string DriverMemory { get; init; } = LongRun.IsOn ? "3g" : "1g";

    /// <summary>Settings for the server's start.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Flags of every JVM. The usual ones suit tests: a fast start matters more to them than speed afterwards.</summary>
    public string JavaFlags { get; init; } = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto";

    /// <summary>Words before the server's command, for what it shall run in.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    /// <summary>Variables of the server's process, which its workers inherit in local mode.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
