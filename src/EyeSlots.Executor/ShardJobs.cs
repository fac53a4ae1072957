using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Spark.Contract;
using EyeSlots.Storage.S3;

namespace EyeSlots.Executor;

/// <summary>
/// The jobs of this process, shared by its tasks: one S3 client, one set of decoders and one bound on memory, however many tasks
/// run. They live as long as the process, which ends by itself when Spark has no more work for it.
/// </summary>
internal sealed class ShardJobs
{
    private readonly Lock gate = new();
    private readonly Dictionary<(RemoteJob Job, S3Credentials? Credentials), RunningJob> jobs = [];

    /// <summary>The job of these settings.</summary>
    /// <exception cref="StorageException">This machine does not see a folder that it should share with the driver.</exception>
    public RunningJob Of(RemoteJob job, S3Credentials? credentials)
    {
        lock (gate)
        {
            if (!jobs.TryGetValue((job, credentials), out var made)) jobs[(job, credentials)] = made = Make(job, credentials);
            return made;
        }
    }

    private static RunningJob Make(RemoteJob job, S3Credentials? credentials)
    {
        job.Validated();
        var (images, output) = (Shared(job.Images), Shared(job.Output));
        var stores = new ObjectStoreFactory(ExecutorSettings.StorageOf(job.Storage, credentials)) { Log = TaskLog.Shared };
        var root = stores.Open(output);
        return new(new(stores.Open(images, job.FollowLinks), root, job.Parameters, new MemoryGate(job.MemoryBytes), job.Force, TaskLog.Shared, job.WholeObjects), root);
    }

    /// <summary>A folder that is not there would make every image look as if it had gone, and shards end on the executor's own disk.</summary>
    private static StorageAddress Shared(string root)
    {
        var address = StorageAddress.Parse(root);
        return address.IsS3 || Directory.Exists(address.Path)
            ? address
            : throw new StorageException(
                $"The executor {Environment.MachineName} has no folder {address.Path}. Local folders must be shared by this machine and all executors; else use s3:// addresses.");
    }
}

/// <summary>A job of this process.</summary>
/// <param name="Shards">Makes shards.</param>
/// <param name="Output">The root to which it publishes them, and where its slices lie.</param>
internal sealed record RunningJob(ShardJob Shards, IObjectStore Output)
{
    /// <summary>Reads the slices of a row.</summary>
    /// <exception cref="StorageException">They are not there: what this machine sees is not the driver's root.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(SlicePart part, CancellationToken cancellation)
    {
        var row = new byte[part.Length];
        if (await Output.ReadPartAsync(part.Key, part.Offset, row, cancellation).ConfigureAwait(false)) return row;
        throw new StorageException(
            $"The driver wrote {Output.Address}/{part.Key}, and the executor {Environment.MachineName} does not see it. Local folders must be shared by the driver and all executors; else use s3:// addresses.");
    }
}
