using System.Globalization;
using System.Text;

namespace EyeSlots.Spark.Worker.Daemon;

/// <summary>How Spark started this process, read from its arguments and environment.</summary>
internal sealed record LaunchSettings
{
    internal const string IdleVariable = "EYESLOTS_SPARK_WORKER_IDLE_SECONDS";

    /// <summary>What every connection must say first; null on a Unix domain socket, which the file system guards.</summary>
    internal byte[]? Secret { get; init; }

    /// <summary>Where the Unix domain socket goes; null for TCP.</summary>
    internal string? SocketFolder { get; init; }

    internal bool PrefersIPv6 { get; init; }

    /// <summary>Spark itself keeps unused connections open for 60 to 70 seconds; with these the worker is gone within two minutes.</summary>
    internal static readonly TimeSpan UsualIdle = TimeSpan.FromSeconds(30);

    internal TimeSpan Idle { get; init; } = UsualIdle;

    /// <param name="args">Of <c>Main</c>: <c>-m</c>, the daemon's module, and from Spark 4.0 on the worker's module.</param>
    /// <param name="environment">A variable's value by name.</param>
    /// <exception cref="LaunchException">Spark did not start this process, or not as a daemon.</exception>
    internal static LaunchSettings Read(string[] args, Func<string, string?> environment)
    {
        if (args is not ["-m", ..])
            throw new LaunchException("Spark starts this program, as '-m pyspark.daemon'; it does nothing by hand.");
        if (environment("PYTHON_WORKER_FACTORY_PORT") is not null || environment("PYTHON_WORKER_FACTORY_SOCK_PATH") is not null)
            throw new LaunchException(
                "Spark starts one process for each task (spark.python.use.daemon is false); this worker needs the default, true.");

        var settings = new LaunchSettings
        {
            PrefersIPv6 = IsTrue(environment("SPARK_PREFER_IPV6")),
            Idle = ReadIdle(environment(IdleVariable)),
        };
        if (IsTrue(environment("PYTHON_UNIX_DOMAIN_ENABLED")))
            return settings with { SocketFolder = environment("PYTHON_WORKER_FACTORY_SOCK_DIR") ?? Path.GetTempPath() };
        return environment("PYTHON_WORKER_FACTORY_SECRET") is { Length: > 0 } secret
            ? settings with { Secret = Encoding.UTF8.GetBytes(secret) }
            : throw new LaunchException("PYTHON_WORKER_FACTORY_SECRET is not set; without it any user of this machine could connect.");
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan ReadIdle(string? value)
    {
        if (string.IsNullOrEmpty(value)) return UsualIdle;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new LaunchException($"{IdleVariable} is '{value}'; it takes whole seconds, 1 to 86400.");
    }
}

/// <summary>The process cannot serve; the message says what to change.</summary>
internal sealed class LaunchException(string message, Exception? inner = null) : Exception(message, inner);
