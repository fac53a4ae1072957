using EyeSlots.Aws.CloudFormation;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Services;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nightly;

/// <summary>The schedule of the nights and their state machine: installed, changed, removed.</summary>
/// <param name="account">The account.</param>
/// <param name="watch">Told of events.</param>
public sealed class NightlyStack(ClusterAccount account, IClusterWatch watch)
{
    private const int MostShown = 100;

    /// <summary>Checks what a night needs as if its cluster were made now.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="buckets">The buckets that the job names.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="EyeSlotsException">As <see cref="ClusterChecks.RunAsync(ClusterOptions, IReadOnlyList{string}, CancellationToken)"/>.</exception>
    public async Task<NightlyPlan> CheckAsync(NightlyOptions options, IReadOnlyList<string> buckets, CancellationToken cancellation = default)
    {
        var plan = new NightlyPlan(options, await new ClusterChecks(account).RunAsync(options.Cluster, buckets, cancellation).ConfigureAwait(false));
        await plan.RequireTemplatesAsync(cancellation).ConfigureAwait(false);
        return plan;
    }

    /// <summary>The stack, or null where no nights are installed.</summary>
    public Task<Stack?> FindAsync(CancellationToken cancellation = default) => account.Life.FindAsync(NightlyPlan.StackName, cancellation);

    /// <summary>The stack.</summary>
    /// <exception cref="EyeSlotsException">cluster-missing: no nights are installed.</exception>
    public async Task<Stack> RequireAsync(CancellationToken cancellation = default) => await FindAsync(cancellation).ConfigureAwait(false)
        ?? throw new EyeSlotsException(ErrorCodes.ClusterMissing, $"No nights are installed in {account.Region}; run 'eyeslots nightly install -- COMMAND', or name another --region.");

    /// <summary>Lays the job and makes the stack, or changes the one that is there.</summary>
    public async Task<Stack> InstallAsync(NightlyPlan plan, CancellationToken cancellation = default)
    {
        var before = await FindAsync(cancellation).ConfigureAwait(false);
        await Bucket(plan.Cluster.Ground).WriteAsync(NightlyPlan.JobKey, plan.Options.Job.ToBytes(), cancellation).ConfigureAwait(false);
        return before is null
            ? await account.Life.CreateAsync(plan.Create(), watch.OfStack(), cancellation).ConfigureAwait(false)
            : await account.Life.UpdateAsync(plan.Update(), watch.OfStack(), cancellation).ConfigureAwait(false);
    }

    /// <summary>Deletes the stack and the job, and ends when the stack is gone.</summary>
    /// <exception cref="EyeSlotsException">cluster-busy: a night is under way, whose stack its state machine still has to delete.</exception>
    public async Task RemoveAsync(Stack stack, CancellationToken cancellation = default)
    {
        await RequireNoNightAsync(stack, cancellation).ConfigureAwait(false);
        var ground = await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false);
        await account.Life.DeleteAsync(stack.StackId, ground.NightlyServiceRoleArn, watch.OfStack(), cancellation).ConfigureAwait(false);
        await Bucket(ground).DeleteAsync(NightlyPlan.JobKey, cancellation).ConfigureAwait(false);
    }

    /// <summary>Each call of a removal.</summary>
    public static IReadOnlyList<PlannedCall> RemovalCalls(string artifactBucket) =>
        [PlannedCall.Delete(NightlyPlan.StackName), PlannedCall.DeleteObjects($"s3://{artifactBucket}/{NightlyPlan.JobKey}")];

    internal static string MachineOf(Stack stack) => stack.OutputOf("StateMachineArn")
        ?? throw new EyeSlotsException(ErrorCodes.ClusterMissing, $"The stack {NightlyPlan.StackName} is in {stack.StackStatus} and has no state machine; run 'eyeslots nightly install' again.");

    private IObjectStore Bucket(ClusterBase ground) => account.Stores.Open(StorageAddress.Parse($"s3://{ground.ArtifactBucket}"));

    private async Task RequireNoNightAsync(Stack stack, CancellationToken cancellation)
    {
        if (stack.OutputOf("StateMachineArn") is not { } machine) return;
        var nights = await new StepFunctionsClient(account.Access).ListExecutionsAsync(machine, MostShown, cancellation).ConfigureAwait(false);
        if (nights.FirstOrDefault(night => night.Status == "RUNNING") is not { } running) return;
        throw new EyeSlotsException(ErrorCodes.ClusterBusy, $"The night {running.Name} is under way and deletes its cluster at its end; wait until 'eyeslots nightly status' shows it ended, then run 'eyeslots nightly remove' again.");
    }
}
