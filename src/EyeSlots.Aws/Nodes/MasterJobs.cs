using EyeSlots.Aws.Mailbox;
using EyeSlots.Core;

namespace EyeSlots.Aws.Nodes;

/// <summary>
/// A master's jobs. Only preprocess uses workers; where none were asked for yet, the master plans first and asks for some only if there is
/// something to make, so that a night on which nothing changed costs one small machine for some minutes.
/// </summary>
/// <param name="node">The master.</param>
/// <param name="program">Runs commands.</param>
/// <param name="group">The workers.</param>
/// <param name="report">Told of the phases.</param>
internal sealed class MasterJobs(NodeParts node, JobProgram program, WorkerGroup group, StatusBoard report) : IJobRunner
{
    private const string DryRun = "--dry-run";

    public void Check(JobRequest request) => Require.That(!request.NeedsTrainer, $"{request.Command} needs libtorch, which a cluster's master does not have; it runs on a trainer's machine.");

    public async Task<ProgramOutcome> RunAsync(int number, JobRequest request, CancellationToken cancellation)
    {
        var arguments = request.Arguments;
        var usesWorkers = request.Command == "preprocess" && node.Settings.MaxWorkers > 0 && !arguments.Contains(DryRun, StringComparer.Ordinal);
        if (usesWorkers && group.IsEmpty)
        {
            var plan = await program.RunAsync(number, [.. arguments, DryRun], onSpark: false, cancellation).ConfigureAwait(false);
            if (plan.ExitCode != 0) return plan;
            var shards = ShardsOf(plan);
            usesWorkers = shards > 0;
            if (usesWorkers) await AskAsync(number, shards, cancellation).ConfigureAwait(false);
        }

        return await program.RunAsync(number, arguments, usesWorkers, cancellation).ConfigureAwait(false);
    }

    private async Task AskAsync(int number, int shards, CancellationToken cancellation)
    {
        var started = node.Time.GetTimestamp();
        await group.RaiseAsync(shards, cancellation).ConfigureAwait(false);
        await report.EnterAsync(ClusterPhase.Gathering, (number, program.LogOf(number)), cancellation).ConfigureAwait(false);
        await group.GatherAsync(cancellation).ConfigureAwait(false);
        _ = report.SecondsWith("gather", node.Time.GetElapsedTime(started).TotalSeconds);
        await report.EnterAsync(ClusterPhase.Working, (number, program.LogOf(number)), cancellation).ConfigureAwait(false);
    }

    private static int ShardsOf(ProgramOutcome plan) => plan.Result is { } result && result.TryGetProperty("shardsMade", out var made) && made.TryGetInt32(out var shards)
        ? shards
        : throw new EyeSlotsException(ErrorCodes.Internal, "A dry run did not say how many shards it would make.");
}
