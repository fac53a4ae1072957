using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Clusters;

/// <summary>A job that ran on a cluster.</summary>
/// <param name="StackId">The stack of the cluster.</param>
/// <param name="Number">The job's number.</param>
/// <param name="Result">How it ended.</param>
public sealed record ClusterRunResult(string StackId, int Number, JobResult Result);

/// <summary>Runs a job: on a cluster that is there, or on one that is made for it and deleted at its end.</summary>
/// <param name="account">The account.</param>
/// <param name="watch">Told of what happens.</param>
/// <param name="leave">Asked when the user stops it: whether a cluster that was made for the job is left to its end of life.</param>
public sealed class ClusterRun(ClusterAccount account, IClusterWatch watch, Func<Task<bool>> leave)
{
    /// <summary>Makes a cluster, runs the job, and deletes what was made, whatever comes between.</summary>
    /// <exception cref="EyeSlotsException">The cluster did not become ready, was lost, or could not be deleted.</exception>
    public async Task<ClusterRunResult> OnOwnAsync(CheckedCluster cluster, JobLine line, CancellationToken cancellation = default)
    {
        var (request, files) = line.For(cluster.Ground, cluster.Options.Name);
        var start = new ClusterStart(account, cluster, watch);
        var job = 0;
        var stack = await start.RunAsync(MadeBy.Run, async token => job = await SubmitAsync(start.Mailbox, request, files, token).ConfigureAwait(false), leave, cancellation).ConfigureAwait(false);
        var leaves = false;
        try
        {
            return await FollowAsync(cluster.Options.Name, stack.StackId, start.Mailbox, job, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            leaves = await leave().ConfigureAwait(false);
            if (leaves) throw GoesOn(cluster.Options.Name, job, stopped);
            throw;
        }
        finally
        {
            if (!leaves) await DeleteAsync(cluster.Options.Name, stack.StackId, cluster.Ground.ServiceRoleArn, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Runs the job on a cluster that is there, which stays.</summary>
    /// <exception cref="EyeSlotsException">cluster-busy: it works for somebody else, or is not ready; cluster-lost; interrupted: the job goes on.</exception>
    public async Task<ClusterRunResult> OnGivenAsync(ClusterName name, Stack stack, JobLine line, CancellationToken cancellation = default)
    {
        var ground = await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false);
        var (request, files) = line.For(ground, name);
        var mailbox = ClusterMailbox.Open(account.Stores, ground.ArtifactBucket, name);
        Require.That(!line.NeedsTrainer, $"The cluster {name} cannot train; take another --name, and a machine that trains is made.");
        if (await mailbox.Jobs.NextAsync(cancellation).ConfigureAwait(false) is { } busy) throw Busy(name, $"works on job {busy}");
        var job = await SubmitAsync(mailbox, request, files, cancellation).ConfigureAwait(false);
        try
        {
            return await FollowAsync(name, stack.StackId, mailbox, job, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            throw GoesOn(name, job, stopped);
        }
    }

    /// <summary>The stack of a cluster that takes jobs, or null where there is none of the name.</summary>
    /// <exception cref="EyeSlotsException">cluster-busy: there is one, and it takes none.</exception>
    public async Task<Stack?> FindAsync(ClusterName name, CancellationToken cancellation = default)
    {
        if (await account.Life.FindAsync(name.StackName, cancellation).ConfigureAwait(false) is not { } stack) return null;
        if (stack.Tags.Contains(new(ClusterRequest.MadeByTag, "run"))) throw Busy(name, "was made by another 'eyeslots cluster run', which will delete it");
        return stack.StackStatus == "CREATE_COMPLETE" ? stack : throw Busy(name, $"is in {stack.StackStatus}");
    }

    /// <summary>Each call that would give the job to a cluster that is there.</summary>
    public async Task<IReadOnlyList<PlannedCall>> CallsAsync(ClusterName name, JobLine line, CancellationToken cancellation = default) =>
        [.. line.Calls(await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false), name)];

    private async Task<ClusterRunResult> FollowAsync(ClusterName name, string stackId, ClusterMailbox mailbox, int job, CancellationToken cancellation) =>
        new(stackId, job, await new JobFollower(account, name, stackId, mailbox, watch).FollowAsync(job, cancellation).ConfigureAwait(false));

    private async Task<int> SubmitAsync(ClusterMailbox mailbox, JobRequest request, IReadOnlyList<(string File, StorageAddress To)> files, CancellationToken cancellation)
    {
        foreach (var (file, to) in files)
        {
            watch.Note($"Sending {file} to {to}.");
            await account.Stores.UploadAsync(to, file, null, cancellation).ConfigureAwait(false);
        }

        return await mailbox.Jobs.SubmitAsync(request, cancellation).ConfigureAwait(false);
    }

    // Nothing stops it. Who was asked whether to leave the cluster knows already that it goes.
    private Task DeleteAsync(ClusterName name, string stackId, string role, CancellationToken cancellation)
    {
        if (!cancellation.IsCancellationRequested) watch.Note($"Deleting the cluster {name}.");
        return account.Life.DeleteAsync(stackId, role, watch.OfStack(), CancellationToken.None);
    }

    private static EyeSlotsException GoesOn(ClusterName name, int job, OperationCanceledException stopped) => new(
        ErrorCodes.Interrupted, $"Interrupted; job {job} goes on, on the cluster {name}. 'eyeslots cluster status {name}' shows it, 'eyeslots cluster down {name}' ends both.", stopped);

    private static EyeSlotsException Busy(ClusterName name, string why) =>
        new(ErrorCodes.ClusterBusy, $"The cluster {name} {why}; take another --name, or wait ('eyeslots cluster status {name}').");
}
