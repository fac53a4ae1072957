using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>Makes clusters that stay, and ends them.</summary>
/// <param name="account">The account.</param>
/// <param name="watch">Told of what happens.</param>
public sealed class StandingClusters(ClusterAccount account, IClusterWatch watch)
{
    /// <summary>Makes a cluster that stays until somebody ends it or its time is over.</summary>
    /// <param name="cluster">What was checked.</param>
    /// <param name="leave">Asked when the user stops it: whether what there is of it stays.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The stack's id.</returns>
    /// <exception cref="EyeSlotsException">It did not become ready; what there was of it is gone.</exception>
    public async Task<string> UpAsync(CheckedCluster cluster, Func<Task<bool>> leave, CancellationToken cancellation = default) =>
        (await new ClusterStart(account, cluster, watch).RunAsync(MadeBy.Up, _ => Task.CompletedTask, leave, cancellation).ConfigureAwait(false)).StackId;

    /// <summary>Deletes a cluster; ends when it is gone.</summary>
    /// <returns>The id of the stack that was deleted.</returns>
    /// <exception cref="EyeSlotsException">cluster-missing: there is none of the name; cluster-stuck: what resists, and the line to type; interrupted: a deletion that has begun goes on.</exception>
    public async Task<string> DownAsync(ClusterName name, CancellationToken cancellation = default)
    {
        var stack = await new ClusterStatuses(account).FindAsync(name, cancellation).ConfigureAwait(false);
        try
        {
            await account.Life.DeleteAsync(stack.StackId, null, watch.OfStack(), cancellation).ConfigureAwait(false);
            return stack.StackId;
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            throw new EyeSlotsException(ErrorCodes.Interrupted, $"Interrupted; a deletion that has begun goes on. 'eyeslots cluster status {name}' shows whether the cluster is there still.", stopped);
        }
    }
}
