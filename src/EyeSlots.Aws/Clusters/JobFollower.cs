using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Clusters;

/// <summary>Follows a job in the mailbox to its result, or to the end of the cluster.</summary>
/// <param name="account">The account.</param>
/// <param name="cluster">The cluster's name.</param>
/// <param name="stackId">Its stack.</param>
/// <param name="mailbox">Its mailbox.</param>
/// <param name="watch">Told of every status and line.</param>
internal sealed class JobFollower(ClusterAccount account, ClusterName cluster, string stackId, ClusterMailbox mailbox, IClusterWatch watch)
{
    // A job of a second is seen at once, and one of an hour costs a few hundred requests.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500), LongestPause = TimeSpan.FromSeconds(5), BetweenStacks = TimeSpan.FromSeconds(30);
    private const double Longer = 1.3;

    private readonly Heartbeat heartbeat = new(account.Time);
    private readonly LogLines lines = new(watch);
    private long looked = account.Time.GetTimestamp();

    /// <summary>Waits for the result.</summary>
    /// <exception cref="EyeSlotsException">cluster-lost: the master is gone, or was silent for too long.</exception>
    public async Task<JobResult> FollowAsync(int job, CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (true)
        {
            var result = await mailbox.Jobs.ResultAsync(job, cancellation).ConfigureAwait(false);
            var status = await mailbox.StatusAsync(cancellation).ConfigureAwait(false);
            lines.Add(await mailbox.Jobs.ReadLogAsync(job, lines.Read, cancellation).ConfigureAwait(false));
            if (result is not null) return End(result);
            heartbeat.Hear(status);
            watch.Status(status);
            if (await LossAsync(status, cancellation).ConfigureAwait(false) is { } why)
            {
                // A result may have come while it was looked for what is lost: a trainer ends with its job.
                return await mailbox.Jobs.ResultAsync(job, cancellation).ConfigureAwait(false) is { } last ? End(last) : throw await LostAsync(why, cancellation).ConfigureAwait(false);
            }

            await Task.Delay(pause, account.Time, cancellation).ConfigureAwait(false);
            pause = pause * Longer < LongestPause ? pause * Longer : LongestPause;
        }
    }

    private JobResult End(JobResult result)
    {
        lines.End();
        return result;
    }

    private async Task<string?> LossAsync(ClusterStatus? status, CancellationToken cancellation)
    {
        if (heartbeat.IsLost) return FormattableString.Invariant($"its master was silent for {heartbeat.Silence.TotalSeconds:F0} s");
        if (status is { Phase: ClusterPhase.Failed or ClusterPhase.Ended }) return "its master has ended";
        if (account.Time.GetElapsedTime(looked) < BetweenStacks) return null;
        looked = account.Time.GetTimestamp();
        var stack = await account.Life.FindAsync(stackId, cancellation).ConfigureAwait(false);
        return stack is null || stack.StackStatus.StartsWith("DELETE", StringComparison.Ordinal) ? "its stack was deleted" : null;
    }

    // The machine's own reason is worth more than that it went silent.
    private async Task<EyeSlotsException> LostAsync(string why, CancellationToken cancellation)
    {
        var failed = await mailbox.Machines.FailuresAsync(cancellation).ConfigureAwait(false);
        var reason = failed is [var first, ..] ? $": {first.Instance} said '{first.Reason}'" : "";
        return new(ErrorCodes.ClusterLost, $"The cluster {cluster} is lost, {why}{reason}; its logs are in {mailbox.Address}. Run the job again: what it published stays.");
    }
}
