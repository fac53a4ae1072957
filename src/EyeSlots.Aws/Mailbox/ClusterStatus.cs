using System.Text.Json.Serialization;

namespace EyeSlots.Aws.Mailbox;

/// <summary>What a cluster does, as its master says every ten seconds: <c>status.json</c>.</summary>
public sealed record ClusterStatus
{
    /// <summary>How often it is written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>What it does.</summary>
    public required ClusterPhase Phase { get; init; }

    /// <summary>Workers that are registered and alive; 0 where the master works alone.</summary>
    public int Workers { get; init; }

    /// <summary>The job that runs; null where none does.</summary>
    public int? Job { get; init; }

    /// <summary>The last line that the job said; empty where none runs.</summary>
    public string Progress { get; init; } = "";

    /// <summary>Seconds since the master's machine began.</summary>
    public required double Seconds { get; init; }

    /// <summary>When it was written, by the master's clock.</summary>
    public required DateTimeOffset Written { get; init; }
}

/// <summary>The phases of a cluster's life, in their order; waiting and working take turns.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClusterPhase>))]
public enum ClusterPhase
{
    /// <summary>The master fetches, unpacks and starts what it needs.</summary>
    [JsonStringEnumMemberName("booting")]
    Booting,

    /// <summary>The master is up; workers are not yet.</summary>
    [JsonStringEnumMemberName("gathering")]
    Gathering,

    /// <summary>Ready, without a job.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,

    /// <summary>A job runs.</summary>
    [JsonStringEnumMemberName("working")]
    Working,

    /// <summary>The machine failed; <c>failed/INSTANCE</c> says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The machine goes off: its time is over, or its one job done.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended,
}
