using System.Security.Cryptography;
using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>A master: from an empty machine to a cluster that takes jobs.</summary>
/// <param name="node">The machine.</param>
/// <param name="report">What it tells the client.</param>
/// <param name="readiness">Told once that the cluster is ready.</param>
internal sealed class MasterNode(NodeParts node, StatusBoard report, Readiness readiness)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1), DaemonPatience = TimeSpan.FromMinutes(3);

    // Made here at each boot; the only other holder is the job on this machine.
    private readonly string token = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly WorkerGroup group = new(node);

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="EyeSlotsException">It cannot go on: why.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await report.EnterAsync(ClusterPhase.Booting, null, cancellation).ConfigureAwait(false);
        await NodeUser.MakeAsync(node.Processes, node.Folder, cancellation).ConfigureAwait(false);
        if (node.Settings.MaxWorkers == 0) await WorkAsync(cancellation).ConfigureAwait(false);
        else await RunSparkAsync(cancellation).ConfigureAwait(false);
    }

    private async Task RunSparkAsync(CancellationToken cancellation)
    {
        await SparkBoot.PrepareAsync(node, cancellation).ConfigureAwait(false);
        var master = new Daemon("Spark's master", node.Processes, node.Time, node.Log);
        var connect = new Daemon("Spark's Connect server", node.Processes, node.Time, node.Log);
        await Together.RunAsync(
            cancellation,
            stop => master.KeepAsync(_ => Task.FromResult(node.Spark.Master()), stop),
            async stop =>
            {
                await WaitAsync("Spark's master", async () => await node.Pages.WorkersAliveAsync(stop).ConfigureAwait(false) is not null, stop).ConfigureAwait(false);
                await node.Mailbox.Machines.WriteMasterAsync(node.Spark.MasterAddress, stop).ConfigureAwait(false);
                await Together.RunAsync(stop, ended => connect.KeepAsync(_ => Task.FromResult(node.Spark.Connect(token)), ended), WorkWithWorkersAsync).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private async Task WorkWithWorkersAsync(CancellationToken cancellation)
    {
        await WaitAsync("Spark's Connect server", () => node.Pages.ConnectAnswersAsync(cancellation), cancellation).ConfigureAwait(false);
        var booted = report.Seconds;
        _ = report.SecondsWith("boot", booted);
        if (!group.IsEmpty)
        {
            await report.EnterAsync(ClusterPhase.Gathering, null, cancellation).ConfigureAwait(false);
            await group.GatherAsync(cancellation).ConfigureAwait(false);
            _ = report.SecondsWith("gather", report.Seconds - booted);
        }

        await WorkAsync(cancellation).ConfigureAwait(false);
    }

    private async Task WorkAsync(CancellationToken cancellation)
    {
        if (node.Settings.MaxWorkers == 0) _ = report.SecondsWith("boot", report.Seconds);
        await readiness.TellAsync(cancellation).ConfigureAwait(false);
        await report.EnterAsync(ClusterPhase.Waiting, null, cancellation).ConfigureAwait(false);
        var program = new JobProgram(node, $"sc://127.0.0.1:{SparkFiles.ConnectPort}/;token={token}");
        await new JobLoop(node, report, new MasterJobs(node, program, group, report), program.LogOf).RunAsync(int.MaxValue, cancellation).ConfigureAwait(false);
    }

    private async Task WaitAsync(string what, Func<Task<bool>> isThere, CancellationToken cancellation)
    {
        var started = node.Time.GetTimestamp();
        while (!await isThere().ConfigureAwait(false))
        {
            if (node.Time.GetElapsedTime(started) > DaemonPatience) throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"{what} did not answer within {DaemonPatience.TotalMinutes} minutes; its log is in the mailbox");
            await Task.Delay(Pause, node.Time, cancellation).ConfigureAwait(false);
        }
    }
}
