using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Nodes;

/// <summary>A machine that runs one job, alone, and then goes off. It may be a spot instance: at a notice the job is stopped as Ctrl-C does, and its run mirrored.</summary>
/// <param name="node">The machine.</param>
/// <param name="report">What it tells the client.</param>
/// <param name="readiness">Told once that it takes the job.</param>
internal sealed class TrainerNode(NodeParts node, StatusBoard report, Readiness readiness)
{
    /// <summary>Runs until the job has a result, or EC2 takes the machine back.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await report.EnterAsync(ClusterPhase.Booting, null, cancellation).ConfigureAwait(false);
        await NodeUser.MakeAsync(node.Processes, node.Folder, cancellation).ConfigureAwait(false);
        if (node.Settings.LibTorch is { } libTorch) await node.Artifacts.UnpackAsync(libTorch, node.Folder.Trainer, cancellation).ConfigureAwait(false);
        _ = report.SecondsWith("boot", report.Seconds);
        await readiness.TellAsync(cancellation).ConfigureAwait(false);
        await report.EnterAsync(ClusterPhase.Waiting, null, cancellation).ConfigureAwait(false);
        var program = new JobProgram(node, remote: null);
        var jobs = new JobLoop(node, report, new TrainerJobs(node, program), program.LogOf);
        await Together.RunAsync(cancellation, stop => jobs.RunAsync(most: 1, stop), new SpotWatch(node).WaitAsync).ConfigureAwait(false);
    }
}
