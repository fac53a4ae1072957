using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>Takes away what a region was prepared with: everything but buckets with data.</summary>
/// <param name="account">The account.</param>
/// <param name="watch">Told of what happens.</param>
public sealed class BaseRemoval(ClusterAccount account, IClusterWatch watch)
{
    private const string Nightly = "eyeslots-nightly";

    /// <summary>Empties the artifact bucket and deletes the base stack.</summary>
    /// <param name="dryRun">Whether every call that would change something is told and none is made.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">base-missing: there is none; cluster-busy: clusters or nights still need it; cluster-stuck.</exception>
    public async Task<PreparationReport> RunAsync(bool dryRun, CancellationToken cancellation = default)
    {
        var stack = await account.Life.FindAsync(ClusterBase.StackName, cancellation).ConfigureAwait(false)
            ?? throw new EyeSlotsException(ErrorCodes.BaseMissing, $"There is no stack {ClusterBase.StackName} in {account.Region}; nothing is to be removed.");
        await RequireUnusedAsync(cancellation).ConfigureAwait(false);
        var bucket = stack.OutputOf("ArtifactBucket");
        var data = stack.OutputOf("DataBucket")?.Split(',') ?? [];
        if (dryRun)
        {
            IEnumerable<PlannedCall> emptying = bucket is null ? [] : [PlannedCall.DeleteObjects($"s3://{bucket}/*")];
            return new(account.Region, stack.StackId, bucket, data, [], null, [.. emptying, PlannedCall.Delete(stack.StackName)]);
        }

        // A stack that failed before it had a bucket has nothing to empty.
        if (bucket is not null)
        {
            watch.Note($"Emptying s3://{bucket}.");
            await new Artifacts.ArtifactBucket(account.Stores, bucket, account.Region).EmptyAsync(cancellation).ConfigureAwait(false);
        }

        await account.Life.DeleteAsync(stack.StackId, null, watch.OfStack(), cancellation).ConfigureAwait(false);
        return new(account.Region, stack.StackId, bucket, data, [], null, []);
    }

    private async Task RequireUnusedAsync(CancellationToken cancellation)
    {
        if (await account.Life.ListAsync(ClusterName.StackPrefix, cancellation).ConfigureAwait(false) is [var cluster, ..])
            throw new EyeSlotsException(ErrorCodes.ClusterBusy, $"The stack {cluster.StackName} needs {ClusterBase.StackName}; end it first with 'eyeslots cluster down {ClusterName.OfStack(cluster.StackName)}'.");
        if (await account.Life.FindAsync(Nightly, cancellation).ConfigureAwait(false) is not null)
            throw new EyeSlotsException(ErrorCodes.ClusterBusy, $"The stack {Nightly} needs {ClusterBase.StackName}; remove it first with 'eyeslots nightly remove'.");
    }
}
