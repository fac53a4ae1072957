using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>Makes a cluster and waits until it is ready.</summary>
/// <param name="account">The account.</param>
/// <param name="cluster">What was checked.</param>
/// <param name="watch">Told of events and of what the master says.</param>
internal sealed class ClusterStart(ClusterAccount account, CheckedCluster cluster, IClusterWatch watch)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(3);
    private readonly ClusterName name = cluster.Options.Name;

    /// <summary>The cluster's mailbox.</summary>
    public ClusterMailbox Mailbox { get; } = ClusterMailbox.Open(account.Stores, cluster.Ground.ArtifactBucket, cluster.Options.Name);

    /// <summary>Makes it; where the first subnet's zone has no capacity, in the next.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="fill">Puts into the mailbox what the machines shall find there; it was emptied before.</param>
    /// <param name="leave">Asked when the user stops it: whether the stack is left to its end of life.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">It did not become ready; what there was of it is gone. cluster-busy: the name is taken.</exception>
    public async Task<Stack> RunAsync(MadeBy by, Func<CancellationToken, Task> fill, Func<Task<bool>> leave, CancellationToken cancellation)
    {
        await RequireFreeAsync(cancellation).ConfigureAwait(false);
        var request = ClusterRequest.Of(cluster.Options, cluster.Ground, cluster.Artifacts, cluster.Prepared, by, CloudFormationClient.NewToken());
        foreach (var subnet in cluster.Ground.Subnets.Skip(1))
        {
            try
            {
                return await MakeAsync(request, fill, leave, cancellation).ConfigureAwait(false);
            }
            catch (StackException error) when (error is { Code: ErrorCodes.ClusterCapacity, FirstFailure.ResourceType: "AWS::EC2::Instance" })
            {
                watch.Note($"No capacity for the first machine in its zone; trying subnet {subnet}.");
                request = ClusterRequest.In(request, cluster.Options, subnet, CloudFormationClient.NewToken());
            }
        }

        return await MakeAsync(request, fill, leave, cancellation).ConfigureAwait(false);
    }

    private async Task<Stack> MakeAsync(CreateStackRequest request, Func<CancellationToken, Task> fill, Func<Task<bool>> leave, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var started = new TaskCompletionSource();
        var evidence = new BootEvidence(account, cluster, Mailbox);
        var filling = FillAsync(started.Task, fill, end);
        var looking = LookAsync(filling, end.Token);
        var birth = watch.OfStack() with { Started = _ => started.TrySetResult(), Show = happened => Show(evidence, happened), LeaveWhenCancelled = MayStayAsync };
        try
        {
            var stack = await account.Life.CreateAsync(request, birth, end.Token).ConfigureAwait(false);
            await FinishAsync(filling, stack).ConfigureAwait(false);
            return stack;
        }
        catch (Exception error)
        {
            // What ended the filling, if anything did, ended the making.
            if (filling.IsFaulted) await filling.ConfigureAwait(false);
            throw await evidence.ExplainAsync(error).ConfigureAwait(false);
        }
        finally
        {
            started.TrySetCanceled(CancellationToken.None);
            await end.CancelAsync().ConfigureAwait(false);
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<bool> MayStayAsync() => cancellation.IsCancellationRequested && await leave().ConfigureAwait(false);
    }

    private void Show(BootEvidence evidence, StackEvent happened)
    {
        evidence.Add(happened);
        watch.Event(happened);
    }

    // The name is ours once the stack is: only then may the mailbox of an earlier cluster be emptied. Machines need longer to look into it.
    private async Task FillAsync(Task started, Func<CancellationToken, Task> fill, CancellationTokenSource end)
    {
        await started.ConfigureAwait(false);
        try
        {
            await Mailbox.EmptyAsync(end.Token).ConfigureAwait(false);
            await fill(end.Token).ConfigureAwait(false);
        }
        catch (EyeSlotsException)
        {
            await end.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    // A stack may be there before its mailbox is filled; one that never will be is of no use.
    private async Task FinishAsync(Task filling, Stack stack)
    {
        try
        {
            await filling.ConfigureAwait(false);
        }
        catch
        {
            await account.Life.DeleteAsync(stack.StackId, cluster.Ground.ServiceRoleArn, watch.OfStack(), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task LookAsync(Task filling, CancellationToken cancellation)
    {
        await filling.ConfigureAwait(false);
        while (true)
        {
            watch.Status(await Mailbox.StatusAsync(cancellation).ConfigureAwait(false));
            await Task.Delay(BetweenLooks, account.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RequireFreeAsync(CancellationToken cancellation)
    {
        if (await account.Life.FindAsync(name.StackName, cancellation).ConfigureAwait(false) is not { } there) return;
        throw new EyeSlotsException(ErrorCodes.ClusterBusy, $"There is a cluster {name} already ({there.StackStatus}); take another --name, or end it with 'eyeslots cluster down {name}'.");
    }
}
