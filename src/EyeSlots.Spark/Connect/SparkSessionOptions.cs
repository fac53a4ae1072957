using System.Security.Cryptography.X509Certificates;

namespace EyeSlots.Spark.Connect;

/// <summary>How a session waits, retries and sends. The defaults suit a cluster in reach.</summary>
public sealed record SparkSessionOptions
{
    /// <summary>
    /// How long the first connection may take. Nothing is tried twice before the server has answered once: an address that is wrong
    /// fails at once, one that is silent after this time. The first answer may take three times as long, for a cold server.
    /// </summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a short call (a setting, an interrupt, a part of an upload) may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long an operation may show nothing new, neither a result nor a change of its progress, before
    /// <see cref="SparkStalledException"/>. Longer than the longest single task; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a call is made at most while its failure may pass; from 1.</summary>
    public int MaxTries { get; init; } = 15;

    /// <summary>Wait before the second try; each later wait is four times as long, up to <see cref="MaxRetryDelay"/>.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Rows of <see cref="SparkSession.CreateDataFrame(Apache.Arrow.RecordBatch)"/> above so many bytes are uploaded once, not sent with each plan.</summary>
    public long CacheThreshold { get; init; } = 8 << 20;

    /// <summary>Takes the server for one of this level (see <see cref="SparkVersions.Known"/>), whatever version it names; null asks the version.</summary>
    public int? ProtocolLevel { get; init; }

    /// <summary>Trusted in place of the machine's roots, for a TLS proxy with a private authority. The caller disposes it after the session.</summary>
    public X509Certificate2? RootCertificate { get; init; }

    /// <summary>The clock of waits and timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Validate()
    {
        RequirePositive(ConnectTimeout, nameof(ConnectTimeout));
        RequirePositive(CallTimeout, nameof(CallTimeout));
        if (StallTimeout != Timeout.InfiniteTimeSpan) RequirePositive(StallTimeout, nameof(StallTimeout));
        RequirePositive(FirstRetryDelay, nameof(FirstRetryDelay));
        RequirePositive(MaxRetryDelay, nameof(MaxRetryDelay));
        if (MaxTries < 1) throw new ArgumentException($"MaxTries is {MaxTries}; it must be at least 1.");
        if (CacheThreshold < 0) throw new ArgumentException($"CacheThreshold is {CacheThreshold}; it must not be negative.");
        if (ProtocolLevel is { } level && !SparkVersions.Known.Values.Contains(level))
            throw new ArgumentException($"ProtocolLevel is {level}; it must be one of {string.Join(", ", SparkVersions.Known.Values)}.");
    }

    private static void RequirePositive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
            throw new ArgumentException($"{name} is {value}; it must lie above 0 and within a day.");
    }
}
