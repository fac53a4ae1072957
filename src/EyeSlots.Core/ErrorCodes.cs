namespace EyeSlots.Core;

/// <summary>The codes of failures that end a command (faces that cannot be cropped have a <see cref="Annotations.RejectCode"/>).</summary>
public static class ErrorCodes
{
    /// <summary>A wrong command line; exit code 2.</summary>
    public const string Usage = "usage";

    /// <summary>A list that cannot be read at all.</summary>
    public const string ListUnreadable = "list-unreadable";

    /// <summary>The store refused, was not reached, or failed after all retries.</summary>
    public const string StorageFailed = "storage-failed";

    /// <summary>An image changed between planning and reading.</summary>
    public const string ImageChanged = "image-changed";

    /// <summary>More faces were rejected than <c>--max-rejected</c> allows.</summary>
    public const string TooManyRejected = "too-many-rejected";

    /// <summary>Another run committed other content first.</summary>
    public const string Superseded = "superseded";

    /// <summary>A shard made again has other bytes than the published one.</summary>
    public const string NotReproducible = "not-reproducible";

    /// <summary>The crops of one shard have more bytes than a shard may.</summary>
    public const string ShardTooLarge = "shard-too-large";

    /// <summary>A dataset, generation or shard is missing or damaged.</summary>
    public const string DatasetDamaged = "dataset-damaged";

    /// <summary>There is no Spark Connect server at the address, or it lets nobody in without a token.</summary>
    public const string SparkUnreachable = "spark-unreachable";

    /// <summary>A Spark whose protocol is not known.</summary>
    public const string SparkVersion = "spark-version";

    /// <summary>The cluster showed nothing new for a long time.</summary>
    public const string SparkStalled = "spark-stalled";

    /// <summary>Spark failed in any other way.</summary>
    public const string SparkFailed = "spark-failed";

    /// <summary>Stopped by Ctrl-C or SIGTERM; exit code 130.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>A fault of the program itself.</summary>
    public const string Internal = "internal";
}
