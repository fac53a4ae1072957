using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>What a machine works with, each part of which a test may give itself.</summary>
internal sealed record NodeParts
{
    /// <summary>What user data says.</summary>
    public required NodeSettings Settings { get; init; }

    /// <summary>This machine's id.</summary>
    public required string Instance { get; init; }

    /// <summary>How old it was when this program began: it is paid for from its launch on.</summary>
    public TimeSpan AgeAtBegin { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>What opens buckets.</summary>
    public required IObjectStoreFactory Stores { get; init; }

    /// <summary>What starts programs.</summary>
    public required INodeProcesses Processes { get; init; }

    /// <summary>What is asked of AWS.</summary>
    public required INodeCloud Cloud { get; init; }

    /// <summary>The switch.</summary>
    public required INodePower Power { get; init; }

    /// <summary>Spark's pages.</summary>
    public required ISparkPages Pages { get; init; }

    /// <summary>Whether EC2 is about to take this machine back.</summary>
    public required Func<CancellationToken, Task<bool>> IsTakenBack { get; init; }

    /// <summary>Spark's files.</summary>
    public required SparkFiles Spark { get; init; }

    /// <summary>Where everything lies.</summary>
    public required NodeFolder Folder { get; init; }

    /// <summary>What the node says.</summary>
    public required NodeLog Log { get; init; }

    /// <summary>The cluster's mailbox.</summary>
    public required ClusterMailbox Mailbox { get; init; }

    /// <summary>Ships this machine's logs.</summary>
    public required LogShipping Logs { get; init; }

    /// <summary>What this machine fetches.</summary>
    public ArtifactFetch Artifacts => new(Stores.Open(StorageAddress.Parse($"s3://{Settings.Bucket}")));
}
