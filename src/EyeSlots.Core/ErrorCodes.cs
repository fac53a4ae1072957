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

    /// <summary>The program that trains is not there.</summary>
    public const string TrainerMissing = "trainer-missing";

    /// <summary>libtorch, or the part of it that the device needs, is not there or cannot be loaded.</summary>
    public const string LibTorchMissing = "libtorch-missing";

    /// <summary>A libtorch of a version that is not known.</summary>
    public const string LibTorchVersion = "libtorch-version";

    /// <summary>The device that was asked for cannot compute here.</summary>
    public const string DeviceUnavailable = "device-unavailable";

    /// <summary>A list holds no face with both labels, or too few to train on.</summary>
    public const string NoLabels = "no-labels";

    /// <summary>The folder holds a run already, and it was not to be resumed.</summary>
    public const string RunExists = "run-exists";

    /// <summary>Another process works in the folder of the run.</summary>
    public const string RunBusy = "run-busy";

    /// <summary>A run cannot go on with other options than it was started with.</summary>
    public const string RunMismatch = "run-mismatch";

    /// <summary>A checkpoint or a model file is cut short or altered.</summary>
    public const string CheckpointDamaged = "checkpoint-damaged";

    /// <summary>A file of weights belongs to another architecture.</summary>
    public const string ModelMismatch = "model-mismatch";

    /// <summary>The loss is no number any more.</summary>
    public const string Diverged = "diverged";

    /// <summary>The disk holds no more of what was to be written.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>The memory of the machine or of the device does not suffice.</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>Training and validation share photographs.</summary>
    public const string Leak = "leak";

    /// <summary>No AWS credentials were found, or AWS does not take them: unknown, wrong or expired.</summary>
    public const string AwsCredentials = "aws-credentials";

    /// <summary>AWS does not allow an action; the message names the action and the resource.</summary>
    public const string AwsDenied = "aws-denied";

    /// <summary>AWS still asked for fewer calls after all retries.</summary>
    public const string AwsThrottled = "aws-throttled";

    /// <summary>A service of AWS was not reached, failed after all retries, or answered with something else than its protocol.</summary>
    public const string AwsUnreachable = "aws-unreachable";

    /// <summary>The account may not have so many machines, stacks or addresses.</summary>
    public const string ClusterQuota = "cluster-quota";

    /// <summary>AWS has no machine of the kinds that were asked for.</summary>
    public const string ClusterCapacity = "cluster-capacity";

    /// <summary>A machine of a cluster did not become ready; the message is the machine's own line.</summary>
    public const string ClusterBoot = "cluster-boot";

    /// <summary>A stack was not made; the message names the first resource that failed.</summary>
    public const string ClusterRollback = "cluster-rollback";

    /// <summary>A stack neither came to be nor went away in its time.</summary>
    public const string ClusterStuck = "cluster-stuck";

    /// <summary>The master is gone, or was silent for 90 seconds.</summary>
    public const string ClusterLost = "cluster-lost";

    /// <summary>There is no cluster of the name.</summary>
    public const string ClusterMissing = "cluster-missing";

    /// <summary>The name of a cluster is taken: another client makes or uses it.</summary>
    public const string ClusterBusy = "cluster-busy";

    /// <summary>The command that ran on a cluster failed.</summary>
    public const string JobFailed = "job-failed";

    /// <summary>What machines fetch was not uploaded.</summary>
    public const string ArtifactMissing = "artifact-missing";

    /// <summary>The account has no base stack in the region.</summary>
    public const string BaseMissing = "base-missing";

    /// <summary>The base stack was made by another version of the program.</summary>
    public const string BaseOutdated = "base-outdated";

    /// <summary>A bucket lies in another region than the cluster.</summary>
    public const string RegionMismatch = "region-mismatch";

    /// <summary>Stopped by Ctrl-C or SIGTERM; exit code 130.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>A fault of the program itself.</summary>
    public const string Internal = "internal";
}
