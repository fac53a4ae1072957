using EyeSlots.Core;
using EyeSlots.Aws.Mailbox;

namespace EyeSlots.Aws.Nodes;

/// <summary>The workers, as their master sees them.</summary>
/// <param name="node">The master.</param>
internal sealed class WorkerGroup(NodeParts node)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // A worker's machine has 16 processors, each of which makes a shard at a time: more workers than that would have nothing to do.
    private const int ShardsOfAWorker = 16;

    private int asked = node.Settings.InitialWorkers;

    /// <summary>Whether nobody has been asked for yet.</summary>
    public bool IsEmpty => asked == 0;

    /// <summary>Raises the group, so that so many shards are made.</summary>
    public async Task RaiseAsync(int shards, CancellationToken cancellation)
    {
        var count = Math.Clamp((shards + ShardsOfAWorker - 1) / ShardsOfAWorker, Math.Max(1, node.Settings.MinWorkers), node.Settings.MaxWorkers);
        node.Log.Say($"{Quantity.Of(shards, "shard")} to make: asking for {Quantity.Of(count, "worker")}.");
        await node.Cloud.SetWorkersAsync(count, cancellation).ConfigureAwait(false);
        asked = count;
    }

    /// <summary>Waits until as many workers as there must be are registered.</summary>
    /// <exception cref="EyeSlotsException">cluster-boot: they did not come; says why, as far as anybody knows.</exception>
    public async Task GatherAsync(CancellationToken cancellation)
    {
        var least = Math.Max(asked > 0 ? 1 : 0, node.Settings.MinWorkers);
        var started = node.Time.GetTimestamp();
        while (true)
        {
            var alive = await node.Pages.WorkersAliveAsync(cancellation).ConfigureAwait(false) ?? 0;
            if (alive >= least) return;
            var failed = await node.Mailbox.Machines.FailuresAsync(cancellation).ConfigureAwait(false);
            if (asked - failed.Count < least && failed is [var first, ..]) throw new EyeSlotsException(ErrorCodes.ClusterBoot, $"a worker failed: {first.Instance}: {first.Reason}");
            if (node.Time.GetElapsedTime(started) > node.Settings.Patience) throw await NobodyAsync(alive, least, cancellation).ConfigureAwait(false);
            await Task.Delay(Pause, node.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<EyeSlotsException> NobodyAsync(int alive, int least, CancellationToken cancellation)
    {
        var activity = await node.Cloud.LastActivityAsync(cancellation).ConfigureAwait(false) ?? "none";
        return new(ErrorCodes.ClusterBoot, $"{alive} of {least} workers came within {node.Settings.Patience.TotalMinutes:0.#} minutes; the group's last activity: {activity}");
    }
}
