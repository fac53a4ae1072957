using EyeSlots.Core;
using EyeSlots.Core.Storage;

namespace EyeSlots.Aws.Nodes;

/// <summary>A worker: from an empty machine to one that the master has in its list, until the cluster ends or EC2 takes it back.</summary>
/// <param name="node">The machine.</param>
internal sealed class WorkerNode(NodeParts node)
{
    private static readonly TimeSpan MasterPause = TimeSpan.FromSeconds(3), Look = TimeSpan.FromSeconds(30);
    private readonly Daemon worker = new("Spark's worker", node.Processes, node.Time, node.Log);
    private readonly Registration registration = new(node);
    private volatile string? master;

    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="EyeSlotsException">It cannot go on: why.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await NodeUser.MakeAsync(node.Processes, node.Folder, cancellation).ConfigureAwait(false);
        await SparkBoot.PrepareAsync(node, cancellation).ConfigureAwait(false);
        await Together.RunAsync(
            cancellation,
            stop => worker.KeepAsync(StartAsync, stop),
            registration.WatchAsync,
            FollowMasterAsync,
            LeaveAsync).ConfigureAwait(false);
    }

    private async Task<ProcessRequest> StartAsync(CancellationToken cancellation)
    {
        var address = await FindMasterAsync(cancellation).ConfigureAwait(false);
        registration.Begin(master = address);
        return node.Spark.Worker(address);
    }

    private async Task<string> FindMasterAsync(CancellationToken cancellation)
    {
        var started = node.Time.GetTimestamp();
        while (true)
        {
            if (await node.Mailbox.Machines.MasterAsync(cancellation).ConfigureAwait(false) is { } address) return address;
            if (node.Time.GetElapsedTime(started) > node.Settings.Patience) throw new EyeSlotsException(ErrorCodes.ClusterBoot, "the master did not say where it is");
            await Task.Delay(MasterPause, node.Time, cancellation).ConfigureAwait(false);
        }
    }

    // The address that lay there may have been that of an earlier cluster of the name. Spark tries one address for minutes before it gives up.
    private async Task FollowMasterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Look, node.Time, cancellation).ConfigureAwait(false);
            try
            {
                if (master is { } known && await node.Mailbox.Machines.MasterAsync(cancellation).ConfigureAwait(false) is { } found && found != known) worker.Signal(ProcessSignal.Terminate);
            }
            catch (StorageException error)
            {
                node.Log.Say($"The mailbox was not reached: {error.Message}");
            }
        }
    }

    // Spark moves what this worker has and gives it no more tasks. The machine may vanish at any moment, so its logs go at each look.
    private async Task LeaveAsync(CancellationToken cancellation)
    {
        await new SpotWatch(node).WaitAsync(cancellation).ConfigureAwait(false);
        worker.Signal(ProcessSignal.PowerFailure);
        while (true)
        {
            await node.Logs.TryShipAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(SpotWatch.Interval, node.Time, cancellation).ConfigureAwait(false);
        }
    }
}
