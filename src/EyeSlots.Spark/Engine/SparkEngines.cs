using EyeSlots.Core.Planning;
using EyeSlots.Spark.Contract;
using Microsoft.Extensions.Logging;

namespace EyeSlots.Spark.Engine;

/// <summary>Opens engines on a cluster: each has a session of its own.</summary>
/// <param name="options">Which cluster, and what travels to it.</param>
/// <param name="storage">How executors reach S3.</param>
/// <param name="log">Told of the session.</param>
/// <param name="progress">Told what runs on the cluster.</param>
public sealed class SparkEngines(SparkEngineOptions options, RemoteStorage storage, ILogger log, IProgress<ClusterProgress>? progress = null) : IEngineFactory
{
    internal const string Spark = "spark";

    /// <inheritdoc/>
    public string Name => Spark;

    /// <inheritdoc/>
    public IEngine Open(EngineJob job, CancellationToken cancellation)
    {
        var remote = new RemoteJob
        {
            Images = job.Images.ToString(), Output = job.Output.ToString(), Parameters = job.Parameters, Force = job.Force,
            FollowLinks = job.FollowLinks, WholeObjects = job.WholeObjects, MemoryBytes = job.MemoryBytes, Storage = storage,
        };
        var opening = new OpeningCluster(options, remote, log, cancellation);
        return new SparkEngine(opening.Opened, options, remote, log, progress) { Opening = opening };
    }
}
