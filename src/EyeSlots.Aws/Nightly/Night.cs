using System.Globalization;
using EyeSlots.Aws.CloudFormation.Model;
using EyeSlots.Aws.Clusters;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Aws.Services;

namespace EyeSlots.Aws.Nightly;

/// <summary>A night by hand: the same state machine as every night, started now and followed.</summary>
/// <param name="account">The account.</param>
/// <param name="watch">Told of what the cluster and the job say.</param>
public sealed class Night(ClusterAccount account, IClusterWatch watch)
{
    private const int Job = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly StepFunctionsClient machines = new(account.Access);
    private readonly LogLines lines = new(watch);

    /// <summary>A name that no other night has.</summary>
    public static string NewName(TimeProvider time) => string.Create(CultureInfo.InvariantCulture, $"{NightlyOptions.Prefix}-{time.GetUtcNow():yyyyMMdd-HHmmss}");

    /// <summary>The call that begins it.</summary>
    public static PlannedCall StartCall(Stack stack, string name) => new("states", "StartExecution", NightlyStack.MachineOf(stack), name);

    /// <summary>Starts it and waits until it is over: its stack is gone then, or the failure says that it is not.</summary>
    /// <param name="stack">The nights' stack.</param>
    /// <param name="name">The night's name.</param>
    /// <param name="cancellation">Ends the watching; the night goes on by itself.</param>
    /// <exception cref="EyeSlotsException">job-failed: the night's first cause; interrupted: the night goes on.</exception>
    public async Task<NightReport> RunAsync(Stack stack, string name, CancellationToken cancellation = default)
    {
        var started = await machines.StartExecutionAsync(new(NightlyStack.MachineOf(stack), name, "{}"), cancellation).ConfigureAwait(false);
        watch.Note($"The night {name} has begun; it goes on without this program.");
        try
        {
            return await FollowAsync(started.ExecutionArn, name, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException stopped) when (cancellation.IsCancellationRequested)
        {
            throw new EyeSlotsException(ErrorCodes.Interrupted, $"Interrupted; the night {name} goes on. 'eyeslots nightly status' shows it.", stopped);
        }
    }

    private async Task<NightReport> FollowAsync(string executionArn, string name, CancellationToken cancellation)
    {
        var ground = await ClusterBase.FindAsync(account, cancellation).ConfigureAwait(false);
        var mailbox = ClusterMailbox.Open(account.Stores, ground.ArtifactBucket, ClusterName.Parse(name));
        while (true)
        {
            var seen = await machines.DescribeExecutionAsync(executionArn, cancellation).ConfigureAwait(false);
            await ShowAsync(mailbox, cancellation).ConfigureAwait(false);
            if (seen.Status != "RUNNING") return await EndAsync(name, seen, mailbox, cancellation).ConfigureAwait(false);
            await Task.Delay(Pause, account.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(ClusterMailbox mailbox, CancellationToken cancellation)
    {
        watch.Status(await mailbox.StatusAsync(cancellation).ConfigureAwait(false));
        lines.Add(await mailbox.Jobs.ReadLogAsync(Job, lines.Read, cancellation).ConfigureAwait(false));
    }

    private async Task<NightReport> EndAsync(string name, DescribeExecutionResponse seen, ClusterMailbox mailbox, CancellationToken cancellation)
    {
        lines.End();
        if (seen.Status != "SUCCEEDED") throw new EyeSlotsException(ErrorCodes.JobFailed, $"The night {name} ended as {seen.Status}. {seen.Error}: {seen.Cause ?? "it says no cause"}");
        var result = await mailbox.Jobs.ResultAsync(Job, cancellation).ConfigureAwait(false);
        return NightReport.Of(name, seen.Status, seen.StartDate, seen.StopDate) with { Result = result?.Result };
    }
}
