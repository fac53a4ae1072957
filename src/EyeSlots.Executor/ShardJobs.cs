using EyeSlots.Core.Planning.Remote;
using EyeSlots.Core.Storage;
using EyeSlots.Preprocessing.Decoding;
using EyeSlots.Preprocessing.Jobs;
using EyeSlots.Storage.S3;

namespace EyeSlots.Executor;

/// <summary>
/// The jobs of this process, shared by its tasks: one S3 client, one set of decoders and one bound on memory, however many tasks
/// run. They live as long as the process, which ends by itself when Spark has no more work for it.
/// </summary>
internal sealed class ShardJobs
{
    private readonly Lock gate = new();
    private readonly Dictionary<(RemoteJob Job, S3Credentials? Credentials), ShardJob> jobs = [];

    /// <summary>The job of these settings.</summary>
    /// <exception cref="StorageException">This machine does not see a folder that it should share with the driver.</exception>
    public ShardJob Of(RemoteJob job, S3Credentials? credentials)
    {
        lock (gate)
        {
            if (!jobs.TryGetValue((job, credentials), out var made)) jobs[(job, credentials)] = made = Make(job, credentials);
            return made;
        }
    }

    private static ShardJob Make(RemoteJob job, S3Credentials? credentials)
    {
        var (images, output) = (Shared(job.Images), Shared(job.Output));
        var stores = new ObjectStoreFactory(ExecutorSettings.StorageOf(job.Storage, credentials));
        return new(stores.Open(images), stores.Open(output), job.Parameters, new MemoryGate(job.MemoryBytes), job.Force, TaskLog.Shared);
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
