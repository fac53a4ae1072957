using System.Globalization;
using EyeSlots.Aws.Artifacts;
using EyeSlots.Aws.Costs;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>What a machine is in its cluster.</summary>
public enum NodeRole
{
    /// <summary>Plans, runs jobs, and tells the client.</summary>
    Master,

    /// <summary>Makes shards for the master.</summary>
    Worker,

    /// <summary>Alone, for one job, with libtorch where it has to train.</summary>
    Trainer,
}

/// <summary>What user data tells a machine, as variables of the environment; none of it is a secret.</summary>
public sealed record NodeSettings
{
    /// <summary>The region of everything.</summary>
    public required string Region { get; init; }

    /// <summary>The artifact bucket.</summary>
    public required string Bucket { get; init; }

    /// <summary>The cluster.</summary>
    public required ClusterName Cluster { get; init; }

    /// <summary>What this machine is in it.</summary>
    public required NodeRole Role { get; init; }

    /// <summary>The stack, by name or id.</summary>
    public required string Stack { get; init; }

    /// <summary>The resource of the stack that waits for this machine's signal; empty where none does.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The group of workers; empty where there is none.</summary>
    public string Group { get; init; } = "";

    /// <summary>The name or ARN of the secret that Spark's parts share; empty without Spark.</summary>
    public string Secret { get; init; } = "";

    /// <summary>Spark's archive, or null without Spark.</summary>
    public Artifact? Spark { get; init; }

    /// <summary>The Java runtime, or null without Spark.</summary>
    public Artifact? Jre { get; init; }

    /// <summary>What trains, or null.</summary>
    public Artifact? LibTorch { get; init; }

    /// <summary>The cluster is ready from so many workers on.</summary>
    public int MinWorkers { get; init; }

    /// <summary>Workers that boot with the master; 0 asks for none before there is something to make.</summary>
    public int InitialWorkers { get; init; }

    /// <summary>Most workers; 0 for a master that works alone.</summary>
    public int MaxWorkers { get; init; }

    /// <summary>How long the cluster may live.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>How long the master waits for workers. The stack waits 15 for the master, so the reason comes first.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a training run is mirrored.</summary>
    public TimeSpan MirrorInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The folder that holds everything of the machine.</summary>
    public required string Home { get; init; }

    /// <summary>Reads the variables.</summary>
    /// <exception cref="EyeSlotsException">usage: which is missing or wrong.</exception>
    public static NodeSettings Of(Func<string, string?> variable)
    {
        var settings = new NodeSettings
        {
            Region = Text("REGION"), Bucket = Text("BUCKET"), Cluster = ClusterName.Parse(Text("CLUSTER")), Stack = Text("STACK"), Home = Text("HOME"),
            Role = Enum.TryParse<NodeRole>(Text("ROLE"), ignoreCase: true, out var role) && Enum.IsDefined(role) ? role : throw Wrong("ROLE", "is master, worker or trainer"),
            Resource = Or("RESOURCE"), Group = Or("GROUP"), Secret = Or("SECRET"),
            Spark = Archive(Artifact.Spark, "SPARK"), Jre = Archive(Artifact.Jre, "JRE"), LibTorch = Archive(Artifact.LibTorch, "LIBTORCH"),
            MinWorkers = Workers("MIN"), InitialWorkers = Workers("INITIAL"), MaxWorkers = Workers("MAX"),
            Lifetime = TimeSpan.FromSeconds(Number("LIFETIME_SECONDS", 60, 7 * 24 * 3600)),
            Patience = Seconds("PATIENCE_SECONDS", 600), MirrorInterval = Seconds("MIRROR_SECONDS", 60),
        };
        return settings.Validated();

        string Or(string name) => variable("EYESLOTS_" + name) ?? "";
        string Text(string name) => Or(name) is { Length: > 0 } text ? text : throw Wrong(name, "is not set");
        Artifact? Archive(string file, string name) => Or(name + "_SHA256") is { Length: > 0 } hash ? new Artifact(file, hash) : null;
        int Workers(string which) => Number(which + "_WORKERS", 0, WorkerRange.MostWorkers);
        TimeSpan Seconds(string name, int usual) => TimeSpan.FromSeconds(Or(name).Length > 0 ? Number(name, 1, 3600) : usual);
        int Number(string name, int least, int most) => Or(name) is "" && least == 0 ? 0
            : int.TryParse(Or(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw Wrong(name, $"is a whole number from {least} to {most}");
    }

    private NodeSettings Validated()
    {
        var usesSpark = Role == NodeRole.Worker || (Role == NodeRole.Master && MaxWorkers > 0);
        Require.That(!usesSpark || (Spark is not null && Jre is not null && Secret.Length > 0), "A cluster with workers needs EYESLOTS_SPARK_SHA256, EYESLOTS_JRE_SHA256 and EYESLOTS_SECRET.");
        Require.That(MinWorkers <= MaxWorkers && InitialWorkers <= MaxWorkers, "EYESLOTS_MIN_WORKERS and EYESLOTS_INITIAL_WORKERS are at most EYESLOTS_MAX_WORKERS.");
        return this;
    }

    private static EyeSlotsException Wrong(string name, string what) => new(ErrorCodes.Usage, $"EYESLOTS_{name} {what}; it comes from the stack's user data.");
}
